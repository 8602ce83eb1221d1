//! Stories of a town: what people see when they talk across platforms, and when things go wrong.

mod relay;
mod trouble;
