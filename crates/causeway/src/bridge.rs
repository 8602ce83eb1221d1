//! The wiring: from the settings to a bridge at work, and its gentle end.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use blobs::Blobs;
use conversation::{Platform, RetryPolicy, StormLimits};
use engine::{Engine, LinkSettings, Running, people, system_now};
use store::{At, Role, Store};
use tokio::task::JoinHandle;

use crate::community;
use crate::http;
use crate::platforms;
use crate::rooms;
use crate::settings::{self, Settings};

pub(crate) struct Bridge {
    pub(crate) engine: Arc<Engine>,
    /// Where mail is taken in, if email is switched on.
    #[cfg_attr(
        not(feature = "sandbox"),
        expect(dead_code, reason = "only the sandbox asks")
    )]
    pub(crate) lmtp: Option<SocketAddr>,
    running: Running,
    http: Option<JoinHandle<()>>,
}

impl Bridge {
    pub(crate) async fn start(settings: &Settings) -> anyhow::Result<Bridge> {
        let at = At {
            files: Some(&settings.engine.blob_dir),
            ..settings.store.at()
        };
        let store = Store::open(at, Role::Bridge, system_now()).await?;
        community::expect(&store, settings).await?;
        for difference in rooms::differences(&store, settings).await? {
            tracing::warn!(
                config.key = difference.key,
                "{}: {}",
                difference.why,
                difference.cure
            );
        }
        rooms::make(&store, settings).await?;
        name_people(&store, settings).await?;
        tell_everybody(&store, settings).await?;
        let mut opened = platforms::open(settings).await?;
        let engine = Engine::new(
            store,
            open_blobs(&settings.engine).await?,
            opened.iter().map(|it| it.adapter.clone()).collect(),
            engine_settings(settings),
        );
        let http = match settings.http.listen {
            Some(address) => {
                let webhooks = opened.iter_mut().filter_map(|it| it.webhook.take());
                let router = webhooks.fold(http::files(engine.clone()), |router, open| {
                    router.merge(open(engine.clone()))
                });
                let router = match &settings.http.public_url {
                    Some(_) => {
                        let contact = settings.community.contact.clone();
                        router.merge(http::privacy(engine.clone(), contact))
                    }
                    None => router,
                };
                Some(http::serve(address, router).await?)
            }
            None => None,
        };
        Ok(Bridge {
            running: engine.start(),
            engine,
            lmtp: opened.iter().find_map(|it| it.lmtp),
            http,
        })
    }

    /// Lets what is under way finish, and closes the store.
    pub(crate) async fn stop(self) {
        if let Some(http) = self.http {
            http.abort();
        }
        self.running.stop().await;
        self.engine.store().close().await;
    }
}

/// Those whom the configuration knows: nobody goes by their names, and nobody had them first.
async fn name_people(store: &Store, settings: &Settings) -> anyhow::Result<()> {
    let staff = settings.community.staff.iter().map(|it| it.0.clone());
    let staff: Vec<_> = staff.collect();
    let community = settings.community.name.as_str();
    people::set_staff(store, community, &staff, system_now()).await?;
    let language = settings.community.language.language();
    people::speak(store, community, language, system_now()).await?;
    let members = settings.email.as_ref().map(|it| it.members());
    let members = members.unwrap_or_default();
    Ok(store.name_first(community, &members, system_now()).await?)
}

/// After the rooms are made: each channel hears of all that it is joined with.
async fn tell_everybody(store: &Store, settings: &Settings) -> anyhow::Result<()> {
    let community = &settings.community;
    let told = community.notice.then(|| retention(settings));
    let words = (community.agreement.as_str(), told);
    Ok(people::set_agreement(store, &community.name, words, system_now()).await?)
}

fn retention(settings: &Settings) -> store::Retention {
    store::Retention {
        body_days: settings.retention.body_days,
        metadata_months: settings.retention.metadata_months,
    }
}

async fn open_blobs(engine: &settings::Engine) -> anyhow::Result<Blobs> {
    /// The cache as a whole, in files of the largest size.
    const FILES_KEPT: u64 = 40;
    let largest = u64::from(engine.blob_max_mib) << 20;
    let dir: &Path = &engine.blob_dir;
    Blobs::open(dir, largest, largest * FILES_KEPT)
        .await
        .with_context(|| {
            let dir = dir.display();
            format!(
                "the folder for files, {dir}, cannot be used: let the account that runs Causeway make it and write into it, \
                 or name another as `engine.blob_dir`"
            )
        })
}

fn engine_settings(settings: &Settings) -> engine::Settings {
    let engine = &settings.engine;
    let hours = |n: u32| Duration::from_secs(u64::from(n) * 3600);
    let minutes = |n: u32| Duration::from_secs(u64::from(n) * 60);
    engine::Settings {
        storm: storm_limits(engine),
        same_per_hour: engine.same_per_hour,
        retry: RetryPolicy {
            life: hours(engine.life_chat_h),
            hold_back: minutes(engine.hold_back_min),
            longest_wait: minutes(engine.longest_wait_min),
        },
        correction_after: Duration::from_secs(engine.correction_after_s.into()),
        digest_every: hours(engine.digest_every_h),
        retention: retention(settings),
        life: [(Platform::from("email"), hours(engine.life_mail_h))].into(),
        most_parts: engine.most_parts,
        links: links(&settings.http),
    }
}

/// Narrower than the room's, unless said otherwise; without a brake for rooms there is none.
fn storm_limits(engine: &settings::Engine) -> StormLimits {
    let per_room = engine.storm_per_minute;
    let narrower = |given: Option<u32>, usual: u32| match per_room {
        0 => 0,
        _ => given.unwrap_or(usual.max(1)),
    };
    StormLimits {
        per_author: narrower(engine.storm_author_per_minute, per_room / 2),
        per_channel: narrower(engine.storm_channel_per_minute, per_room - per_room / 4),
        per_room,
    }
}

/// None without a listener, or without a name that people reach it by.
fn links(http: &settings::Http) -> Option<LinkSettings> {
    let public_url = http.public_url.as_ref().filter(|_| http.listen.is_some())?;
    Some(LinkSettings {
        public_url: public_url.trim_end_matches('/').to_owned(),
        days: http.link_days,
    })
}
