//! How somebody wants the bridge to be with them.

use super::choices::Tongue;

noun! {
    Me "me": HELP_ME;
    Language "me language" { language: Tongue }: Anybody Changes HELP_ME_LANGUAGE;
}
