//! Uploads in three steps: ask for an address, put the bytes there, say that they are there.

use serde_json::{Value, json};

use super::voice;
use crate::slack::answer::{Answer, ApiError, Checked};
use crate::slack::files::Sharing;
use crate::slack::params::Params;
use crate::slack::world::World;

pub(super) fn get_upload_url(world: &mut World, params: &Params) -> Answer {
    world.need("files:write")?;
    let wrong = || ApiError::of("invalid_arguments");
    let name = params.text("filename").ok_or_else(wrong)?;
    let length = params.integer("length").filter(|it| *it > 0);
    let length = usize::try_from(length.ok_or_else(wrong)?).map_err(|_| wrong())?;
    let id = world.new_id('F');
    let user = world.app.bot_user_id.clone();
    let ticket = world.files.expect(&id, &user, &name, length);
    world.files.describe(&id, params.text("alt_txt"));
    let url = format!("{}/upload/v1/{ticket}", world.base);
    Ok(json!({ "upload_url": url, "file_id": id }))
}

pub(super) fn complete(world: &mut World, params: &Params) -> Answer {
    world.need("files:write")?;
    let wanted = params.json("files", "invalid_arguments")?;
    let wanted = wanted.as_ref().and_then(Value::as_array);
    let wanted = wanted.filter(|it| !it.is_empty());
    let wanted = wanted.ok_or("invalid_arguments")?;
    let mut ids = Vec::new();
    for file in wanted {
        let id = file["id"].as_str().ok_or("invalid_arguments")?;
        world.files.check_arrived(id)?;
        ids.push(id.to_owned());
    }
    let sharing = sharing(world, params, &ids)?;
    for file in wanted {
        if let (Some(id), Some(title)) = (file["id"].as_str(), file["title"].as_str()) {
            world.files.entitle(id, title);
        }
    }
    for id in &ids {
        world.files.complete(id);
    }
    if let Some(sharing) = sharing {
        world.share(sharing);
    }
    let files: Vec<Value> = ids.iter().filter_map(|it| world.file_value(it)).collect();
    Ok(json!({ "files": files }))
}

/// Where the files are to be shown, if anywhere.
fn sharing(world: &mut World, params: &Params, ids: &[String]) -> Checked<Option<Sharing>> {
    let Some(channel) = params
        .text("channel_id")
        .or_else(|| params.text("channels"))
    else {
        return Ok(None);
    };
    let channel = world.writable(Some(channel))?;
    let thread = world.thread(&channel, params)?;
    let words = voice::words(params, voice::LONGEST_POST)?;
    let mut message = world.own_message();
    words.put(&mut message);
    message.text = params.text("initial_comment").unwrap_or_default();
    message.thread = thread;
    message.files = ids.to_vec();
    message.subtype = Some("file_share");
    Ok(Some(Sharing { channel, message }))
}

pub(super) fn info(world: &mut World, params: &Params) -> Answer {
    world.need("files:read")?;
    let id = params.text("file").unwrap_or_default();
    refuse!(world.files.is_deleted(&id) => "file_deleted");
    let file = world.file_value(&id).ok_or("file_not_found")?;
    Ok(json!({ "file": file, "comments": [], "response_metadata": { "next_cursor": "" } }))
}

pub(super) fn delete(world: &mut World, params: &Params) -> Answer {
    world.need("files:write")?;
    let id = params.text("file").unwrap_or_default();
    refuse!(world.files.is_deleted(&id) => "file_deleted");
    let owner = world.files.owner(&id);
    let owner = owner.ok_or("file_not_found")?;
    refuse!(owner != world.app.bot_user_id => "cant_delete_file");
    world.delete_file(&id);
    Ok(json!({}))
}
