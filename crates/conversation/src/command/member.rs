//! Whose accounts are whose.

use super::value::MentionedBy;
use crate::AccountRef;

noun! {
    Member "member" | "person": HELP_MEMBER;
    List "member list" | "person list" | "members": Staff Reads HELP_MEMBER_LIST;
    Join "member join" | "person join" { first: AccountRef, second: AccountRef }:
        Staff Changes HELP_MEMBER_JOIN;
    Mentions "member mentions" | "person mentions" { account: AccountRef, by: MentionedBy }:
        Staff Changes HELP_MEMBER_MENTIONS;
}
