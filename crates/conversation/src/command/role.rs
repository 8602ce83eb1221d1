//! Who may what.

use super::choices::Office;
use crate::AccountRef;

noun! {
    Role "role": HELP_ROLE;
    List "role list" | "roles": Staff Reads HELP_ROLE_LIST;
    Grant "role grant" | "role give" { account: AccountRef, role: Office }: Staff Changes HELP_ROLE_GRANT;
    Revoke "role revoke" | "role take" { account: AccountRef, role: Office }: Staff Changes HELP_ROLE_REVOKE;
}
