//! What was done by those who look after a community.

noun! {
    Audit "audit": HELP_AUDIT;
    List "audit list" | "audit log": Member Reads HELP_AUDIT_LIST;
}
