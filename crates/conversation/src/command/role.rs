//! Who may what.

noun! {
    Role "role": HELP_ROLE;
    List "role list" | "roles": Staff Reads HELP_ROLE_LIST;
}
