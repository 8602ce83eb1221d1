//! What is done about each command, one file for each.

use std::process::ExitCode;

use crate::cli::Command;

mod act;
#[cfg(feature = "sandbox")]
mod bench;
mod capabilities;
mod community;
mod config;
mod dead;
mod debug;
mod held;
mod owner;
mod person;
mod room;
pub(crate) mod run;
#[cfg(feature = "sandbox")]
mod sandbox;
mod status;

pub(crate) async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        #[cfg(feature = "sandbox")]
        Command::Sandbox(args) => sandbox::run(args).await,
        Command::Run(args) => run::run(args).await,
        Command::Status(args) => status::run(args).await,
        Command::Room(command) => room::run(command).await,
        Command::Community(command) => community::run(command).await,
        Command::Person(command) => person::run(command).await,
        Command::Owner(command) => owner::run(command).await,
        Command::Dead(command) => dead::run(command).await,
        Command::Held(command) => held::run(command).await,
        Command::Config(command) => config::run(command).await,
        Command::Capabilities(args) => capabilities::run(&args),
        Command::Debug(command) => debug::run(command),
        #[cfg(feature = "sandbox")]
        Command::Bench(command) => bench::run(command).await,
    }
}
