//! Values that are well written and make no sense.

use super::{Mistake, in_file, refused};

pub(super) const MISTAKES: &[Mistake] = &[
    in_file(
        "[community]\nname = \" \" # <-\n",
        "community.name",
        "on one line",
    ),
    in_file(
        "[community]\nstaff = [\"Ana\"] # <-\n",
        "community.staff[0]",
        "platform:account, as in telegram:123456",
    ),
    in_file(
        "[community]\nstaff = [\"telegram:1\", \"matrix:1\"] # <-\n",
        "community.staff[1]",
        "before the colon",
    ),
    in_file(
        "[store]\nurl = \"causeway.db\" # <-\n",
        "store.url",
        "sqlite:FILE",
    ),
    in_file(
        "[store]\nurl = \"sqlite::memory:\" # <-\n",
        "store.url",
        "sqlite:FILE",
    ),
    in_file(
        "[store]\nurl = \"sqlite:.\" # <-\n",
        "store.url",
        "name a file in it",
    ),
    in_file(
        "[store]\nurl = \"sqlite:~/causeway.db\" # <-\n",
        "store.url",
        "write the whole path",
    ),
    in_file(
        "[engine]\nblob_dir = \"$HOME/files\" # <-\n",
        "engine.blob_dir",
        "write the whole path",
    ),
    in_file(
        "[log]\nfilter = \"info,causway=debug\" # <-\n",
        "log.filter",
        "did you mean \"causeway=debug\"?",
    ),
    in_file(
        "[log]\nfilter = \"inof\" # <-\n",
        "log.filter",
        "did you mean \"info\"?",
    ),
    in_file(
        "[log]\nfilter = \"info,engine=verbose\" # <-\n",
        "log.filter",
        "write a level",
    ),
    in_file(
        "[log]\nfilter = \"info; engine=debug\" # <-\n",
        "log.filter",
        "commas alone",
    ),
    in_file(
        "[http]\nlisten = \"localhost:8480\" # <-\n",
        "http.listen",
        "numbers, as in `listen = \"127.0.0.1:8480\"`",
    ),
    in_file(
        "[http]\nlisten = \"127.0.0.1\" # <-\n",
        "http.listen",
        "write both in numbers",
    ),
    in_file(
        "[http]\nlisten = \"127.0.0.1:8480\"\npublic_url = \"causeway.example.org\" # <-\n",
        "http.public_url",
        "as in https://causeway.example.org",
    ),
    in_file(
        "[telegram]\ntoken = \"xoxb-1-2-abc\" # <-\n",
        "telegram.token",
        "belongs into slack.bot_token",
    ),
    in_file(
        "[telegram]\ntoken = \"@spring_bot\" # <-\n",
        "telegram.token",
        "copy it again from @BotFather",
    ),
    in_file(
        "[discord]\ntoken = \"123456:ABC-DEF\" # <-\n",
        "discord.token",
        "belongs into telegram.token",
    ),
    in_file(
        "[discord]\ntoken = \"1173542178031235142\" # <-\n",
        "discord.token",
        "from the page \"Bot\"",
    ),
    in_file(
        "[discord]\ntoken = \"Bot MTE3.a.b\" # <-\n",
        "discord.token",
        "without the word \"Bot\"",
    ),
    in_file(
        "[slack]\nbot_token = \"xapp-1-A\" # <-\napp_token = \"xapp-1-A\"\n",
        "slack.bot_token",
        "belongs into slack.app_token",
    ),
    in_file(
        "[slack]\nbot_token = \"xoxb-1\"\napp_token = \"xoxb-1\" # <-\n",
        "slack.app_token",
        "belongs into slack.bot_token",
    ),
    in_file(
        "[slack]\nbot_token = \"xoxp-1\" # <-\napp_token = \"xapp-1\"\n",
        "slack.bot_token",
        "slack.bot_token",
    ),
    in_file(
        "[slack]\nbot_token = \"xoxb-1\"\napp_token = \"\" # <-\n",
        "slack.app_token",
        "connections:write",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[email.lmtp]\nlisten = \"203.0.113.7:24\" # <-\n",
        "email.lmtp.listen",
        "127.0.0.1",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[email.smtp]\nhost = \"mail.example.org\"\ntls = \"none\" # <-\n",
        "email.smtp.tls",
        "\"starttls\"",
    ),
    in_file(
        "[email]\ndomain = \"a b\" # <-\n",
        "email.domain",
        "causeway.example.org",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[[email.lists]]\naddress = \"spring\" # <-\nname = \"S\"\n",
        "email.lists[0].address",
        "spring@example.org",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[[email.lists]]\naddress = \"Spring <s@a.org>\" # <-\nname = \"S\"\n",
        "email.lists[0].address",
        "the list's name has a key of its own",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[[email.lists]]\naddress = \"s@a.org\"\nname = \"S\"\nmembers = [\"bo\"] # <-\n",
        "email.lists[0].members[0]",
        "Ana <ana@example.org>",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[email.smtp] # <-\nuser = \"u\"\n",
        "email.smtp.password",
        "take smtp.user out",
    ),
];

#[test]
fn values_without_sense_are_refused() {
    refused(MISTAKES);
}
