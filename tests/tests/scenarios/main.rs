//! Stories of a town: what people see when they talk across platforms, and when things go wrong.

mod changes;
mod corrections;
mod crash;
mod digests;
mod doubts;
mod early;
mod files;
mod gaps;
mod held;
mod links;
mod long;
mod loops;
mod names;
mod names_kept;
mod outages;
mod private;
mod readers;
mod relay;
mod requests;
mod revisions;
mod rules;
mod threads;
mod told;
mod topics;
mod trouble;
mod twins;
