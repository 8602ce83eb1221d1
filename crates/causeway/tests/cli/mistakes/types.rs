//! Keys that there are not, and values of another type or beyond all bounds.

use super::{Mistake, in_file, refused};

pub(super) const MISTAKES: &[Mistake] = &[
    // Keys and sections.
    in_file(
        "[telegramm] # <-\ntoken = \"1:A\"\n",
        "telegramm",
        "did you mean `telegram`?",
    ),
    in_file(
        "[Log] # <-\nformat = \"text\"\n",
        "Log",
        "did you mean `log`?",
    ),
    in_file(
        "[engine]\nblob-dir = \"x\" # <-\n",
        "engine.blob-dir",
        "did you mean `engine.blob_dir`?",
    ),
    in_file(
        "log_filter = \"info\" # <-\n",
        "log_filter",
        "did you mean `log.filter`?",
    ),
    in_file(
        "[log]\nurl = \"sqlite:x\" # <-\n",
        "log.url",
        "There is `store.url`",
    ),
    in_file(
        "token = \"1:A\" # <-\n",
        "token",
        "There is `telegram.token` and `discord.token`",
    ),
    in_file(
        "[telegram]\ntoken_fiel = \"x\" # <-\n",
        "telegram.token_fiel",
        "did you mean `telegram.token_file`?",
    ),
    in_file(
        "[weather] # <-\n",
        "weather",
        "`causeway config defaults` lists every key",
    ),
    in_file(
        "[[rooms]]\nname = \"a\"\nchanels = [] # <-\n",
        "rooms[0].chanels",
        "did you mean `rooms[0].channels`?",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[[email.lists]]\nadress = \"a@b.org\" # <-\nname = \"A\"\n",
        "email.lists[0].adress",
        "did you mean `email.lists[0].address`?",
    ),
    // What is missing.
    in_file(
        "[telegram] # <-\n",
        "telegram.token",
        "name a file that holds it with `token_file`",
    ),
    in_file(
        "[email] # <-\n",
        "email.domain",
        "as in `domain = \"causeway.example.org\"`",
    ),
    in_file(
        "[[rooms]] # <-\nchannels = []\n",
        "rooms[0].name",
        "as in `name = \"spring\"`",
    ),
    in_file(
        "[[rooms]]\nname = \"a\"\nchannels = []\n[[rooms]] # <-\nname = \"b\"\n",
        "rooms[1].channels",
        "as in",
    ),
    in_file(
        "[telegram]\ntoken = \"\" # <-\n",
        "telegram.token",
        "name a file that holds it",
    ),
    // Types.
    in_file(
        "[engine]\nlife_chat_h = \"24\" # <-\n",
        "engine.life_chat_h",
        "as in `life_chat_h = 24`, the default",
    ),
    in_file(
        "[telegram]\ntoken = \"1:A\"\nrequest_timeout_s = \"30s\" # <-\n",
        "telegram.request_timeout_s",
        "a whole number of seconds, 1 to 600, without the unit",
    ),
    in_file(
        "[engine]\nlife_mail_h = 1.5 # <-\n",
        "engine.life_mail_h",
        "a whole number of hours",
    ),
    in_file(
        "[log]\nformat = true # <-\n",
        "log.format",
        "one of: text, json",
    ),
    in_file(
        "[log]\nformat = \"jsn\" # <-\n",
        "log.format",
        "did you mean \"json\"? The default is `format = \"text\"`",
    ),
    in_file(
        "[slack]\nmode = \"sockets\" # <-\n",
        "slack.mode",
        "did you mean \"socket\"?",
    ),
    in_file(
        "log = \"info\" # <-\n",
        "log",
        "write [log], and its keys below",
    ),
    in_file("[rooms] # <-\nname = \"a\"\n", "rooms", "write [[rooms]]"),
    in_file(
        "[community]\nstaff = \"telegram:1\" # <-\n",
        "community.staff",
        "a list in brackets",
    ),
    in_file(
        "[community]\nname = 2026-01-01 # <-\n",
        "community.name",
        "a text in quotation marks",
    ),
    in_file(
        "[[rooms]]\nname = \"a\"\nchannels = [\n  \"slack:C1\",\n  1, # <-\n]\n",
        "rooms[0].channels[1]",
        "a text",
    ),
    // Bounds.
    in_file(
        "[engine]\nlife_chat_h = 0 # <-\n",
        "engine.life_chat_h",
        "1 to 8760",
    ),
    in_file(
        "[engine]\nhold_back_min = -5 # <-\n",
        "engine.hold_back_min",
        "a whole number of minutes, 1 to 1440",
    ),
    in_file(
        "[engine]\nblob_max_mib = 99999999999999999999 # <-\n",
        "engine.blob_max_mib",
        "MiB, 1 to 4096",
    ),
    in_file(
        "[telegram]\npoll_timeout_s = 3000 # <-\n",
        "telegram.poll_timeout_s",
        "seconds, 1 to 50",
    ),
    in_file(
        "[discord]\nmax_upload_bytes = 0 # <-\n",
        "discord.max_upload_bytes",
        "bytes, 1024 to",
    ),
    in_file(
        "[email.smtp]\nport = 70000 # <-\n",
        "email.smtp.port",
        "1 to 65535",
    ),
    in_file(
        "[email.smtp]\nport = 0 # <-\n",
        "email.smtp.port",
        "as in `port = 25`, the default",
    ),
    in_file(
        "[http]\nlink_days = 400 # <-\n",
        "http.link_days",
        "days, 1 to 365",
    ),
    in_file(
        "[[rooms]]\nname = \"a\"\nchannels = []\nmost_parts = -1 # <-\n",
        "rooms[0].most_parts",
        "0 to 1000",
    ),
];

#[test]
fn keys_types_and_bounds_are_refused() {
    refused(MISTAKES);
}
