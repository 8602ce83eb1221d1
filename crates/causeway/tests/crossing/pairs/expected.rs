//! What crosses between channels, and how: a table for each platform that something comes from.

pub(super) const BETWEEN_CHANNELS: [&str; 4] = [
    "\
From Telegram | Discord | Slack | email
author's name | native: Ana (Telegram) | native: Ana (Telegram) | native: Ana (Telegram) via Rig
author's picture | none: no picture | none: no picture | none: no picture
subject | none: nobody gave one | none: nobody gave one | none: nobody gave one
text with all markup | native: all 9 marks | native: 7 marks; in words: underline, spoiler | native: 8 marks; in words: spoiler
long text | fallback: 3 messages as 9 parts | native: 3 messages | native: 3 messages
reply | native: in its thread | native: in its thread | native: in its thread
thread | native: 8 messages in one | native: 8 messages in one | native: 8 messages in one
edit | native: in place | native: in place | fallback: said once more: * seven
delete | none: stays | none: stays | none: stays
delete by a moderator | none: stays | none: stays | none: stays
reaction | native: 👍 | native: 👍 | fallback: in a digest: 👍 1 for “TelegramReactionFine” (Ana)
reaction taken back | native: gone | native: gone | fallback: not in the digest
image | native: without its place | native: without its place | native: without its place
file | native: same bytes, Zeitplan_Überblick__日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
album | native: 3 in one message | native: 3 in one message | native: 3 in one message
mention | fallback: in words: @Cem please | fallback: in words: @Cem please | fallback: in words: @Cem please
mention of who wants it | native: rings Cem | native: rings Cem | fallback: in words: @Cem please",
    "\
From Discord | Telegram | Slack | email
author's name | fallback: in the words: Dov (Discord): | native: Dov (Discord) | native: Dov (Discord) via Rig
author's picture | none: no picture | native: their own | none: no picture
subject | none: nobody gave one | none: nobody gave one | none: nobody gave one
text with all markup | native: 9 marks; in words: list by • | native: 7 marks; in words: underline, spoiler, list by • | native: 8 marks; in words: spoiler, list by •
long text | native: 7 messages | native: 7 messages | native: 7 messages
reply | native: points at it | native: in its thread | native: in its thread
thread | fallback: 8 messages in one chain of replies | native: 8 messages in one | native: 8 messages in one
edit | native: in place | native: in place | fallback: said once more: * seven
delete | native: gone | native: gone | none: stays
delete by a moderator | native: gone | native: gone | none: stays
reaction | native: 👍 | native: 👍 | fallback: in a digest: 👍 1 for “DiscordReactionFine” (Dov)
reaction taken back | native: gone | native: gone | fallback: not in the digest
image | native: without its place | native: without its place, described | native: without its place, described in words
file | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
album | native: 3 in one message | native: 3 in one message | native: 3 in one message
mention | fallback: in words: @Cem please | fallback: in words: @Cem please | fallback: in words: @Cem please
mention of who wants it | native: rings Cem | native: rings Cem | fallback: in words: @Cem please",
    "\
From Slack | Telegram | Discord | email
author's name | fallback: in the words: Sia (Slack): | native: Sia (Slack) | native: Sia (Slack) via Rig
author's picture | none: no picture | native: their own | none: no picture
subject | none: nobody gave one | none: nobody gave one | none: nobody gave one
text with all markup | native: 7 marks; in words: list by • | native: 7 marks; in words: list by • | native: 7 marks; in words: list by •
long text | fallback: 1 message as 3 parts | fallback: 1 message as its beginning and a file | native: 1 message
reply | native: points at it | native: in its thread | native: in its thread
thread | fallback: 8 messages in one chain of replies | native: 8 messages in one | native: 8 messages in one
edit | native: in place | native: in place | fallback: said once more: * seven
delete | native: gone | native: gone | none: stays
delete by a moderator | native: gone | native: gone | none: stays
reaction | native: 👍 | native: 👍 | fallback: in a digest: 👍 1 for “SlackReactionFine” (Sia)
reaction taken back | native: gone | native: gone | fallback: not in the digest
image | native: without its place | native: without its place, described | native: without its place, described in words
file | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan_Überblick__日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
album | native: 3 in one message | native: 3 in one message | native: 3 in one message
mention | fallback: in words: @Cem please | fallback: in words: @Cem please | fallback: in words: @Cem please
mention of who wants it | native: rings Cem | native: rings Cem | fallback: in words: @Cem please",
    "\
From email | Telegram | Discord | Slack
author's name | fallback: in the words: Eva (email): | native: Eva (email) | native: Eva (email)
author's picture | none: no picture | none: no picture | none: no picture
subject | fallback: in words | fallback: in words | fallback: in words
text with all markup | native: 8 marks; in words: list by • | native: 8 marks; in words: list by • | native: 7 marks; in words: underline, list by •
long text | fallback: 1 message as 3 parts | fallback: 1 message as its beginning and a file | fallback: 1 message as 4 parts
reply | native: points at it | native: in its thread | native: in its thread
thread | fallback: 8 messages in one chain of replies | native: 8 messages in one | native: 8 messages in one
edit | none: a sent mail stays as it is | none: a sent mail stays as it is | none: a sent mail stays as it is
delete | none: a sent mail stays as it is | none: a sent mail stays as it is | none: a sent mail stays as it is
delete by a moderator | none: a sent mail stays as it is | none: a sent mail stays as it is | none: a sent mail stays as it is
reaction | none: mail has no reactions | none: mail has no reactions | none: mail has no reactions
reaction taken back | none: mail has no reactions | none: mail has no reactions | none: mail has no reactions
image | native: without its place | native: without its place | native: without its place
file | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan_Überblick__日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
album | native: 3 in one message | native: 3 in one message | native: 3 in one message
mention | none: mail rings nobody by name | none: mail rings nobody by name | none: mail rings nobody by name
mention of who wants it | none: mail rings nobody by name | none: mail rings nobody by name | none: mail rings nobody by name",
];
