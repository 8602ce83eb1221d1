//! Stateful stand-ins for the platforms that speak their real wire formats, and the page to play on. They know
//! nothing of the adapters, so that what works here works because both sides keep to the same format.

pub mod mail;
pub mod telegram;
