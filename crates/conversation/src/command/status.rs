//! How the bridge does.

noun! {
    Status "status": HELP_STATUS;
    Show "status": Staff Reads HELP_STATUS_SHOW, Short;
}
