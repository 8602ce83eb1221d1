//! The community itself.

use super::value::Name;

noun! {
    Community "community": HELP_COMMUNITY;
    Rename "community rename" { name: Name, to: Name }: Staff Changes HELP_COMMUNITY_RENAME;
}
