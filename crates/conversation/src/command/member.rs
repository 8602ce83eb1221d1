//! Whose accounts are whose. In chat two are joined by whoever uses both (`connect`), for that gives all that either may.

use super::choices::MentionedBy;
use crate::AccountRef;

noun! {
    Member "member" | "person": HELP_MEMBER;
    List "member list" | "person list" | "members": Staff Reads HELP_MEMBER_LIST;
    Join "member join" | "person join" { first: AccountRef, second: AccountRef }:
        Operator Changes HELP_MEMBER_JOIN;
    Mentions "member mentions" | "person mentions" { account: AccountRef, by: MentionedBy }:
        Staff Changes HELP_MEMBER_MENTIONS;
}
