//! Which statements were run, as the driver logs them.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use tracing::{
    Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context};

use crate::one_line;

/// What the driver says that it ran, with blanks made one.
#[derive(Clone, Default)]
pub(crate) struct Heard(Arc<Mutex<BTreeSet<String>>>);

impl Heard {
    pub(crate) fn take(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl<S: Subscriber> Layer<S> for Heard {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut statement = Statement::default();
            event.record(&mut statement);
            // A statement of few words stands in the summary alone.
            let sql = match statement.whole.trim().is_empty() {
                true => one_line(&statement.summary),
                false => one_line(&statement.whole),
            };
            self.0.lock().unwrap().insert(sql);
        }
    }
}

#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
