//! What people see of a message in another channel.
