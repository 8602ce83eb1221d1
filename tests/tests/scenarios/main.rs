//! Stories of a town: what people see when they talk across platforms, and when things go wrong.

mod changes;
mod crash;
mod doubts;
mod files;
mod links;
mod relay;
mod revisions;
mod rules;
mod told;
mod trouble;
