//! Email lists, seen from the conversation.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use conversation::{
    Adapter, Attachment, ByteStream, Capabilities, ChannelRef, Described, Intake, Operation,
    Outbound, Platform, Readers, Receipt, Reconciled, RemoteId, SendError,
};
use tokio::net::TcpListener;

use crate::{
    EmailError,
    capabilities::capabilities,
    id::PLATFORM,
    lmtp::{self, Desk, Doubts},
    outbound::{self, Connections},
    settings::Settings,
};

/// The lists that we are: mail in by LMTP, out by SMTP to each member.
pub struct Email {
    settings: Settings,
    connections: Connections,
    listener: Mutex<Option<Arc<TcpListener>>>,
    doubts: Doubts,
}

impl Email {
    /// Opens nothing yet.
    pub fn new(settings: Settings) -> Result<Email, EmailError> {
        settings.validate()?;
        Ok(Email {
            connections: Connections::new(&settings.smtp, &settings.domain)?,
            settings,
            listener: Mutex::new(None),
            doubts: Doubts::default(),
        })
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Begins to listen, so that the port is known before the first mail; `receive` does it otherwise. Mail that comes
    /// before `receive` runs waits.
    pub async fn bind(&self) -> Result<SocketAddr, EmailError> {
        let address = self.settings.lmtp.listen;
        let failed = |cause| EmailError::Listen { address, cause };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        *self.held() = Some(Arc::new(listener));
        Ok(bound)
    }

    /// Where mail is taken in, once `bind` or `receive` has begun to listen.
    pub fn local_addr(&self) -> Option<SocketAddr> {
        self.listener()?.local_addr().ok()
    }

    fn is_list(&self, channel: &ChannelRef) -> bool {
        self.settings.list(channel.id.as_str()).is_some()
    }

    fn listener(&self) -> Option<Arc<TcpListener>> {
        self.held().clone()
    }

    fn held(&self) -> MutexGuard<'_, Option<Arc<TcpListener>>> {
        self.listener.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Adapter for Email {
    fn platform(&self) -> Platform {
        PLATFORM.into()
    }

    fn capabilities(&self, _channel: &ChannelRef) -> Capabilities {
        capabilities()
    }

    /// What is no list's is one person's mailbox.
    fn describe(&self, channel: &ChannelRef) -> Described {
        let is_list = self.is_list(channel);
        Described {
            is_direct: !is_list,
            names_person: !is_list,
            ..Described::default()
        }
    }

    async fn receive(&self, intake: &dyn Intake) -> Result<(), SendError> {
        if self.listener().is_none() {
            let bound = self.bind().await;
            bound.map_err(|error| SendError::Unavailable(error.to_string()))?;
        }
        if let Some(listener) = self.listener() {
            let desk = Desk {
                settings: &self.settings,
                intake,
                doubts: &self.doubts,
            };
            lmtp::serve(&listener, desk).await;
        }
        Ok(())
    }

    fn readers(&self, channel: &ChannelRef) -> Option<Readers> {
        let all = outbound::readers(&self.settings, channel)?;
        Some(Readers {
            all,
            at_once: self.settings.smtp.max_connections,
        })
    }

    fn own_id(&self, outbound: &Outbound) -> Option<RemoteId> {
        outbound::own_id(&self.settings, outbound)
    }

    fn answers_with_files(&self) -> bool {
        true
    }

    async fn send(&self, outbound: &Outbound) -> Result<Receipt, SendError> {
        let (settings, connections) = (&self.settings, &self.connections);
        match (&outbound.operation, &outbound.to) {
            (Operation::Post(post), to) => match (&outbound.way_back, to) {
                (Some(way_back), _) => {
                    outbound::answer(settings, connections, (outbound, way_back), post).await
                }
                (None, Some(to)) => {
                    outbound::post(settings, connections, (outbound, to), post).await
                }
                (None, None) => match outbound::whose(settings, &outbound.channel) {
                    Some(to) => {
                        outbound::alone(settings, connections, (outbound, to, None), post).await
                    }
                    // A list has readers.
                    None => Err(outbound::no_such_list()),
                },
            },
            (Operation::Edit { .. }, _) => refused("a mail that is sent cannot be changed"),
            (Operation::Delete { .. }, _) => refused("a mail that is sent cannot be taken back"),
            (Operation::React { .. }, _) => refused("mail knows no reactions"),
        }
    }

    /// No mailbox can be looked into. What reached its reader is known to the engine, and the rest is sent again: hence
    /// `NotFound`, not `CannotTell`.
    async fn reconcile(&self, _outbound: &Outbound) -> Result<Reconciled, SendError> {
        Ok(Reconciled::NotFound)
    }

    async fn fetch(&self, _attachment: &Attachment) -> Result<ByteStream, SendError> {
        let why = "files that come by mail are kept when the mail is taken in: nothing can be fetched later";
        Err(SendError::Refused(why.to_owned()))
    }

    async fn open_direct_channel(&self, account: &RemoteId) -> Result<ChannelRef, SendError> {
        let address = account.as_str().parse::<lettre::Address>();
        let no_address = |_| SendError::Refused("the account is no mail address".to_owned());
        let address = address.map_err(no_address)?.to_string();
        Ok(ChannelRef::new(PLATFORM, address.to_lowercase()))
    }
}

fn refused(why: &str) -> Result<Receipt, SendError> {
    Err(SendError::Refused(why.to_owned()))
}
