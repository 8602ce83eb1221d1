//! Hashes and ciphers of what older versions wrote in plain: accounts, the keys of events, the keys of communities.

use std::collections::HashMap;

use sqlx::{AnyPool, Row, any::AnyRow};

use super::Carried;
use crate::{
    Error, Result,
    insert::{Rows, Value},
    keys::{CommunityKey, InstallationKey, KEY_NO},
};

const EVERY: &str = "1 = 1";
/// What is older than two weeks before the newest would be forgotten at the next look, as housekeeping does.
const KNOWN: &str = "taken_at > (select max(taken_at) from event) - 1209600000";

pub(super) async fn tables<'k>(
    pool: &AnyPool,
    keys: &'k InstallationKey,
) -> Result<[Carried<'k>; 3]> {
    let rows = sqlx::query("select community_id, engagement_key from community")
        .fetch_all(pool)
        .await?;
    let of = |row: &AnyRow| {
        let key: &str = row.get("engagement_key");
        (row.get("community_id"), CommunityKey::new(key.as_bytes()))
    };
    let communities: HashMap<String, CommunityKey> = rows.iter().map(of).collect();
    Ok([community(keys), identity(communities), event(keys)])
}

/// The key of an old community is its text, so that what was hashed under it stays what it is.
fn community(keys: &InstallationKey) -> Carried<'_> {
    Carried {
        table: "community",
        key: "community_id",
        which: EVERY,
        row: Box::new(|row: &AnyRow, rows: &mut Rows| {
            let id: String = row.get("community_id");
            let key: &str = row.get("engagement_key");
            let wrapped = keys.wrap(&id, key.as_bytes());
            let columns = "community_key (community_id, no, wrapped)";
            rows.put(columns, [id.into(), KEY_NO.into(), wrapped.into()]);
            Ok(())
        }),
    }
}

fn identity<'k>(communities: HashMap<String, CommunityKey>) -> Carried<'k> {
    Carried {
        table: "identity",
        key: "community_id, id",
        which: EVERY,
        row: Box::new(move |row: &AnyRow, rows: &mut Rows| {
            let community: &str = row.get("community_id");
            let key = communities.get(community).ok_or_else(|| {
                Error::Unreadable(format!(
                    "an account in a community {community} that is not there"
                ))
            })?;
            let (platform, account): (&str, &str) = (row.get("platform"), row.get("account"));
            rows.put(
                "account_key (community_id, identity_id, hash, cipher)",
                [
                    Value::of(row, "community_id"),
                    Value::of(row, "id"),
                    key.account_hash(platform, account).into(),
                    key.account_cipher(platform, account).into(),
                ],
            );
            Ok(())
        }),
    }
}

fn event(keys: &InstallationKey) -> Carried<'_> {
    Carried {
        table: "event",
        key: "community_id, platform, key",
        which: KNOWN,
        row: Box::new(|row: &AnyRow, rows: &mut Rows| {
            rows.put(
                "event_hashed (community_id, platform, key_hash, fingerprint, verdict, taken_at)",
                [
                    Value::of(row, "community_id"),
                    Value::of(row, "platform"),
                    keys.event_hash(row.get("key")).into(),
                    Value::of(row, "fingerprint"),
                    Value::of(row, "verdict"),
                    Value::of(row, "taken_at"),
                ],
            );
            Ok(())
        }),
    }
}
