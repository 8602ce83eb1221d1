# What Causeway says to people. A sentence that may stand in a row keeps its name for ever, and what it is told keeps its
# meaning: what must be said otherwise gets a new name.

## What became of somebody's message

# $channel: the platform's name. $why: one of those below.
not-yet = Not delivered to { $channel } yet. It is tried again.
not-yet-for = Not delivered to { $channel } yet: { $why }. It is tried again.
not-delivered = Not delivered to { $channel }: { $why }.
perhaps-not-delivered = Perhaps not delivered to { $channel }: { $why }.
beginning-delivered = Only the beginning was delivered to { $channel }: { $why }.

why-asked-to-wait = the platform asks to wait
why-unreachable = the platform cannot be reached
why-put-off = the platform puts the message off
why-not-taken = the platform does not take the message
why-too-large = the message is larger than the platform takes
why-no-answer = no answer after the message went out
why-refused = the platform refused the message
why-closed = the channel is closed to us
why-stayed-closed = the channel stayed closed to us for as long as a message is tried
why-account = the account cannot be used
why-half-way = stopped half way
why-unexpected = sending it fails in an unexpected way
why-stopped = the bridge itself stopped while it was sent
why-on-its-way = it is on its way to its readers
why-file-follows = its file follows
why-unknown = staff knows why

# $limit: so many in a minute are let through.
wrote-too-much = You wrote more than { $limit } messages in a minute. What came after waits until somebody of the staff has looked at it, and then goes on in its order.

## What a room is told

# $channel: the platform's name. $from, $to: times of one day, or dates with their time.
words-missed = Some of what was said in { $channel } between { $from } and { $to } UTC may be missing here.

date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}, { $time }

## Digests of reactions

# $lines: one behind the colon, or several below each other.
digest = { $since }:{ $lines }
    .subject = Reactions
last-hour = In the last hour
last-hours = In the last { $hours } hours
since-yesterday = Since yesterday
last-days = In the last { $days } days
digest-line = { $counts } for { $what } ({ $author })
digest-more = { $count ->
    [1] … and for one more message
   *[other] … and for { $count } more messages
}
quoted = “{ $words }”
quoted-photo = a photo
quoted-file = a file
quoted-gone = something said long ago

## What is said to somebody alone

# The communities stand below it, as buttons or with numbers.
which-community = You take part in { $number } communities here. Which one do you mean? Choose it below, or answer with its name. You are asked once; to mean another one later, write that one's.
community-meant = What you write here is for { $community } from now on.
community-name = { $community }
which-community-answered = To mean another community later, write its name.

# Where somebody opens the chat.
welcome = Hello. You take part in { $community }, and I carry what is said there between its channels. What you write to me alone goes to nobody and is not kept. “help” says what I can do.
help = I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. There are no commands yet but “help”.
# $again: the time of day.
asked-too-often = You asked me more often than I answer, so nothing is done for you until { $again } UTC. Ask me again then.
not-understood = I do not understand that yet. It goes to nobody and is not kept. “help” says what I can do.

# $commands: a line for each, below.
help-screen = I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:{ $commands }
help-about = You can say:{ $commands }
    For example: { $example }
command-line = · { $usage }: { $about }
not-understood-near = I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:{ $commands }
# $why: one of those below. $usage: as in room link ROOM CHANNEL.
mistaken = Nothing happened: { $why }. Write it as { $usage }, for example: { $example }
why-missing = something is missing
why-too-much = that is more than it takes; what has blanks in it stands in quotation marks
why-no-option = it has no such option
why-not-so = something in it is not of the kind that belongs there
why-unclosed = a quotation begins and does not end
cannot-yet = I understand that, and cannot do it yet. Nothing happened. “help” says what I can do.
at-the-terminal = Whoever runs me does that at the terminal. Nothing happened. “help” says what I can do.
for-staff = That is for staff, and nothing happened. “help” says what I can do for you.

# $places: those below, between commas.
who-can-see = What is said in this channel is carried to { $places }, and whoever reads there reads it. What you say to me alone goes to nobody. “help” says what I can do.
who-can-see-here = What is said in this channel stays in it: no other channel takes part in its room. “help” says what I can do.
who-can-see-alone = What you write to me alone goes to nobody and is not kept. Ask me in a channel, and I tell you where it is read.
# $channel: the platform's name.
place = { $number ->
    [1] { $channel }
   *[other] { $number } channels of { $channel }
}

# In a group, in the place of an answer.
talk-alone = That was for me, so it goes to nobody else, and nothing is done yet. Press the button, and I answer you alone.
talk-alone-label = Talk to me alone
see-answer-label = Show me the answer

button-gone = That button is gone, and nothing happened.
button-pressed = That was decided already, and nothing more happened.
button-of-another = That button is somebody else's, and nothing happened.
button-expired = It is too late for that, and nothing happened.

# Whom no community knows, and where the bridge stands in no room.
stranger = I know you from none of my rooms, so I keep nothing of what you write and can do nothing for you here. Write in a room that I carry first, and then to me again.
chat-not-known = I do not know this chat. If you and I are alone here, write me a word without a slash first. Of a chat with somebody else I hear nothing but commands, and can do nothing there.
in-no-room = I carry nothing from this channel, so there is nothing that I can do here.

## What people agree to

# In a channel that is joined with others. $places: as in “who can see this”. $commands: what each may say.
joined = The staff of { $community } has joined this channel with { $places }. What is said here from now on is read there, and what is said there is read here: words, files and reactions, with the names of those who sent them.
    I keep words for { $days ->
        [1] one day
       *[other] { $days } days
    }, and that something was said for { $months ->
        [1] one month
       *[other] { $months } months
    }. To me alone, each of you may say:
    { $commands }
    .subject = This list is joined with other channels
no-places-yet = the others of its room, which has none yet
# In a room where staff wants everybody to be asked. $places: as in “who can see this”.
may-it-go = What you said has not gone on yet: this room asks everybody once. May what you say here be carried to { $places }, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I forget it. “agreement” tells more.
may-go-label = Yes, carry it on
may-not-go-label = No
may-go-said = You agreed: what you said goes on. “disagree” ends that at any time.
may-not-go-said = You did not agree: what you said went nowhere, and I forgot it. If you change your mind, say “agree” to me.
never-went = You were asked whether what you said may go on, and 7 days went by without an answer: it went nowhere, and I forgot it. Whatever you say next there, I ask you again.
effect-agree-relay = { $waiting ->
    [0] What you say in rooms is carried on.
    [1] What waited goes on now, and so does what you say from now on.
   *[other] The { $waiting } messages of yours that waited go on now, in their order, and so does what you say from now on.
} “disagree relay” ends that at any time.
effect-disagree-relay = Nothing of what you say goes on to other channels from now on.{ $waiting ->
    [0] {""}
    [1] {" "}One message waited; it goes nowhere, and I forgot it.
   *[other] {" "}{ $waiting } messages waited; they go nowhere, and I forgot them.
} What went before stays where it is. “agree relay” ends that.
effect-agree-metrics = You count in the numbers about the whole community, which name nobody.
effect-disagree-metrics = You count in no numbers about the community from now on.
effect-agree-pulse = You are asked now and then how you are.
effect-disagree-pulse = You are not asked how you are.
effect-agree-stories = You are asked for stories, and yours may be told as you say.
effect-disagree-stories = You are asked for no stories, and none of yours is told.
# $text: what the community asks for. $since: the day. $lines: a line for each purpose.
agreement-told = { $text }

    This is version { $version }, since { $since }. You say yes or no to each purpose by itself, as in “agree stories” or “disagree stories”, and may change it at any time.{ $lines }
agreement-plain = What you say in a room of { $community } is carried to the other channels of that room, with your name, so that people on other platforms can talk with you. Words are kept for some days, and nobody else is given them. You decide what else may be done.
aim-relay = that what you say in rooms is carried to their other channels
aim-metrics = that you count in numbers about the whole community, which name nobody
aim-pulse = that you are asked now and then how you are
aim-stories = that you are asked for stories, which are told as you say
# $aim: its word. $about: one of those above. $said: one of those below.
aim-line = · { $aim } ({ $about }): { $said }
said-yes = yes, since { $since }
said-no = no, since { $since }
yes-without-a-word = yes, as long as you do not say no
no-without-a-word = no, as long as you do not say yes
# In “status”.
unagreed-told = { $count ->
    [1] One message waits until its author agrees that it goes on.
   *[other] { $count } messages wait until their authors agree that they go on.
}

## What staff asks for and changes

# $command: as it is typed. $effect: one of those below. $code: what somebody says yes with.
asks-first = { $command }: { $effect } If that is what you want, write “confirm { $code }” within 10 minutes.
yes-label = Yes, do it
# $command: what a press says, as it is typed.
command-label = { $command }
yes-said = You said yes to this: { $command }
taken-back = You took this back, by { $command }.
done = Done: { $command }. { $effect }
done-undo = Done: { $command }. { $effect } Within 15 minutes, “undo” takes it back.
undo-label = Undo
undone = Taken back, by { $command }. { $effect }
no-such-code = I asked you nothing that has this code and waits for a yes. Nothing happened. Give the command again, and I ask you anew.
nothing-to-undo = There is nothing that you changed in the last 15 minutes and that I can take back.
# $why: one of those below.
refused = Nothing happened: { $why }.
no-room = there is no room of that name; “room list” shows those that there are
no-channel = that channel takes part in no room here; “room list” shows those that do
no-account = nobody was heard here from that account yet; “member list” shows who was
no-community = that is not the name of this community
nothing-held = nothing that is held has such an id; “held list” shows what is
nothing-dead = nothing that was given up has such an id; “dead list” shows what was
room-exists = there is a room of that name already; choose another name
community-exists = there is a community of that name already; choose another name
still-linked = channels take part in that room; unlink them first, or say “unlink” at the end of the line
in-another-room = that channel takes part in a room already, and a channel takes part in one; “room unlink” takes it out
of-another-community = that channel takes part in another community
one-already = these accounts are one human being already
not-served = I am not on that platform
private-chat = that is somebody’s own chat with me, and no place of a room’s
perhaps-anothers = several communities share me, and that channel may be another’s; whoever runs me links it first
open-already = that channel is open already
closed-already = that channel rests already

effect-room-add = { $channels ->
    [0] The room is there, and empty. “room link” lets a channel take part in it.
    [1] The room is there with one channel. It needs two to carry anything.
   *[other] The room is there, and what is said in one of its { $channels } channels is carried to the others.
}
effect-room-link = { $others ->
    [0] It is the first channel of the room, which needs two to carry anything.
    [1] What is said there is carried to the other channel of the room, and back.
   *[other] What is said there is carried to the { $others } other channels of the room, and back.
}
effect-room-unlink = Nothing is carried to the channel or from it any more{ $waiting ->
    [0] {"."}
    [1] , and one message that waits for it is not sent.
   *[other] , and { $waiting } messages that wait for it are not sent.
} What was said stays.
effect-most-parts = { $most ->
    [1] A text of more than one post goes there as a file.
   *[other] A text of more than { $most } posts goes there as a file.
}
effect-no-limit = A text goes there in as many posts as it takes.
effect-default-limit = Long texts go there as the configuration says.
# $parts, $first: one of those above, and one of those below.
effect-room-set-both = { $parts } { $first }
effect-first-wait = Whoever says something there for the first time is asked first: it waits for their yes, for 7 days at most.
effect-first-go = What people say there goes on at once. What waits for a yes still waits for it.
nothing-to-set = say what is to be set, as in “room set spring first-messages=wait”
effect-room-announce = Everybody there is told that it is to be joined with the room.
effect-room-link-history = { $others ->
    [0] It is the first channel of the room, which needs two to carry anything.
    [1] What is said there is carried to the other channel of the room, and back; so is what was said there since everybody was told.
   *[other] What is said there is carried to the { $others } other channels of the room, and back; so is what was said there since everybody was told.
}
not-announced = nobody was told there yet that it is to be joined, and nothing from before that is carried; say “room announce” first, or link it without its history
effect-room-rename = It keeps its channels and all that was said in it.
effect-room-remove = { $channels ->
    [0] The room is empty.
    [1] One channel takes part no longer.
   *[other] { $channels } channels take part no longer.
}{ $waiting ->
    [0] {""}
    [1] {" "}One message that waits there is not sent.
   *[other] {" "}{ $waiting } messages that wait there are not sent.
} What was said stays on record.
effect-link-open = { $waiting ->
    [0] The channel takes part again.
    [1] The channel takes part again, and gets the message that waits for it.
   *[other] The channel takes part again, and gets the { $waiting } messages that wait for it.
}
effect-link-suspend = { $readers ->
    [0] Nothing is carried to the channel for now. What is said meanwhile waits for it.
    [1] Nothing is carried to the channel and its one reader for now. What is said meanwhile waits for it.
   *[other] Nothing is carried to the channel and its { $readers } readers for now. What is said meanwhile waits for it.
}
effect-member-join = Both accounts are one human being, and stay so.
effect-mentions-account = Mentions ring that person on their other platforms.
effect-mentions-name = Mentions are that person’s name elsewhere, and ring nobody.
effect-held-release = { $count ->
    [1] One message is said, as if it came now.
   *[other] { $count } messages are said, in their order, as if they came now.
}
effect-held-drop = { $count ->
    [1] One message is dropped, and nobody hears of it.
   *[other] { $count } messages are dropped, and nobody hears of them.
}
effect-dead-retry = { $count ->
    [1] One delivery is tried again.
   *[other] { $count } deliveries are tried again.
}
effect-dead-drop = { $count ->
    [1] One delivery is given up for good. The record of it stays.
   *[other] { $count } deliveries are given up for good. The record of them stays.
}
effect-community-rename = It keeps its rooms, its people and all that was said. Whoever runs me must write the new name as community.name in the configuration: without that I do not start again.

# What a command tells, looked up where it goes. $told: one of those below.
told = { $told }
# $count: how many there are. $lines: the first of them, one below the other.
rooms-told = { $count ->
    [0] There is no room yet. “room add NAME CHANNEL CHANNEL” makes one.
    [1] One room:{ $lines }
    “room link ROOM CHANNEL” lets a channel take part in one.
   *[other] { $count } rooms:{ $lines }
    “room link ROOM CHANNEL” lets a channel take part in one.
}
heard-told = { $count ->
    [0] Every channel that I was heard in takes part in a room. Say something in another one that I am in, and look again.
    [1] One channel takes part in no room:{ $lines }
    “room link ROOM CHANNEL” lets one take part.
   *[other] { $count } channels take part in no room:{ $lines }
    “room link ROOM CHANNEL” lets one take part.
}
heard-elsewhere = Several communities share me, and channels of no room may be of any of them: whoever runs me sees them at the terminal.
links-told = { $count ->
    [0] No channel takes part in a room there yet. “room link ROOM CHANNEL” lets one.
    [1] One channel:{ $lines }
    “link suspend CHANNEL” lets one rest, “link open CHANNEL” tries it again.
   *[other] { $count } channels:{ $lines }
    “link suspend CHANNEL” lets one rest, “link open CHANNEL” tries it again.
}
members-told = { $count ->
    [0] Nobody was heard here yet.
    [1] One person:{ $lines }
    “member join ACCOUNT ACCOUNT” says that two accounts are one human being.
   *[other] { $count } people, those known longest first:{ $lines }
    “member join ACCOUNT ACCOUNT” says that two accounts are one human being.
}
roles-told = { $count ->
    [0] Nobody is of staff here. Whoever runs me names staff in the configuration, under community.staff.
    [1] One person is of staff:{ $lines }
   *[other] { $count } people are of staff:{ $lines }
}
held-told = { $count ->
    [0] Nothing waits for staff.
   *[other] { $count } wait, the oldest first:{ $lines }
    “held release ID” lets one go, “held drop ID” drops it.
}
dead-told = { $count ->
    [0] Everything was delivered.
   *[other] { $count } were not delivered, the oldest first:{ $lines }
    “dead retry ID” tries one again, “dead drop ID” lets it be.
}
thread-told = { $count ->
    [0] Nothing has that id. “dead list” and “held list” show ids.
   *[other] It goes to { $count ->
        [1] one channel
       *[other] { $count } channels
    }:{ $lines }
}
status-told = { $count ->
    [0] All is well.{ $lines }
    [1] One thing wants a look:{ $lines }
    “dead list” and “held list” say more.
   *[other] { $count } things want a look:{ $lines }
    “dead list” and “held list” say more.
}
line-told = · { $line }
more-told = … and { $count ->
    [1] one more
   *[other] { $count } more
}
link-active = takes part
link-closed = closed to us: { $why }
link-rests = rests
of-staff = staff
rings = is rung by mentions
no-channels = no channel yet
delivery-sent = sent
delivery-waits = waits
delivery-dead = given up
delivery-held = held
delivery-not = not sent
waiting-told = { $channel }: { $count ->
    [1] one message waits
   *[other] { $count } messages wait
}, for { $since }
hours-long = { $hours ->
    [1] one hour
   *[other] { $hours } hours
}
minutes-long = { $minutes ->
    [1] one minute
   *[other] { $minutes } minutes
}
days-long = { $days } days

## What stands around a message

# Behind a name, where the message comes late. $time: of the day.
sent-at = sent { $time } UTC
# Somebody of whom nothing can be shown.
someone = Someone

# Kinds of files. No two of them look alike, and neither does the whole text: by them lines of ours are told from what
# people write like them.
photo = photo
video = video
animation = animation
audio = audio
voice = voice message
sticker = sticker
file = file
bytes = { $size } bytes
kilobytes = { $size } kB
megabytes = { $size } MB
gigabytes = { $size } GB

# In the place of a file. They begin with a bracket, the kind and no other letter, and a dash stands before why.
# $file: its kind, name and size. $why: one of those below, or what its platform says.
file-note = [{ $file } — { $why }]
file-note-link = [{ $file } — { $why }; for { $days ->
    [1] one day
   *[other] { $days } days
} it is here:] { $link }
file-note-elsewhere = [{ $file } — { $why }; it is in { $platform }]

no-files-here = this channel takes no files
file-empty = it is empty
file-too-large = too large for this channel
file-slow = it takes long to fetch, and it follows if it can
file-withheld-now = the platform that holds it does not hand it out now, and it follows if it can
file-unkept-now = the bridge cannot keep it now, and it follows if it can
text-too-long = too long for this channel
text-unkept = the bridge cannot keep it now

# Below the beginning of a long text. They begin with a bracket, dots, and the whole text.
whole-text = the whole text
whole-text-long = (… { whole-text } is { $length } long)
whole-text-below = (… { whole-text }, { $length }, is in the { $files ->
    [1] file
   *[other] { $files } files
} below)
pages = { $pages ->
    [1] about one page
   *[other] about { $pages } pages
}
# Names of files.
text-of = From { $author }
text-file = { $about } ({ $number } of { $of })
text-unnamed = Text

## What may be answered, where there are no buttons

# $choices: one below the other, with numbers.
choices = Answer with a number:{ $choices }
choice = { $number }. { $label }

## Commands, a line of help each

# An example is a command as somebody types it: a test holds it against the grammar.
help-on-everyday = your own words
help-on-help = what I can do, or all about one thing
    .example = help room
help-on-start = say hello
    .example = start
help-on-rest = hear nothing from me for a while
    .example = rest 2 weeks
help-on-private = keep what you say where you say it, or let it be carried again
    .example = private on
help-on-mydata = all that I hold of you
    .example = mydata
help-on-forget-me = let me forget you and what you said
    .example = forget me
help-on-who-can-see = where what is said here is read
    .example = who can see this
help-on-confirm = yes to what I asked, by its code
    .example = confirm 7K3Q
help-on-undo = take back what you changed last
    .example = undo
help-on-agreement = what this community asks you to agree to, and what you said
    .example = agreement
help-on-agree = say yes to it that your words go on, or to another purpose
    .example = agree relay
help-on-disagree = say no to it; nothing more of yours goes on then
    .example = disagree stories
help-on-status = how the bridge does
help-on-status-show = what is broken, what waits, and what mends it
    .example = status
help-on-room = which channels share one conversation
help-on-room-list = every room with its channels
    .example = room list
help-on-room-heard = channels that were heard and are in no room
    .example = room heard
help-on-room-add = make a room, with or without its first channels
    .example = room add “spring fair” telegram:-1001234567890 email:spring@lists.example.org
help-on-room-link = let a channel take part in a room
    .example = room link spring telegram:-1001234567890
help-on-room-unlink = take a channel out of its room; what was said stays
    .example = room unlink telegram:-1001234567890
help-on-room-announce = tell everybody in a channel that it is to take part
    .example = room announce spring telegram:-1001234567890
help-on-room-set = when a long text goes as a file, and whether first messages wait for a yes
    .example = room set spring most-parts=3
help-on-room-rename = give a room another name
    .example = room rename spring “summer fair”
help-on-room-remove = remove a room; what was said stays on record
    .example = room remove spring unlink
help-on-link = whether channels take part in their rooms
help-on-link-list = channels with their rooms, and which are closed
    .example = link list
help-on-link-open = try a closed channel again
    .example = link open telegram:-1001234567890
help-on-link-suspend = let a channel rest; what is said meanwhile waits
    .example = link suspend telegram:-1001234567890
help-on-member = whose accounts are whose
help-on-member-list = everybody who was heard, with their accounts
    .example = member list
help-on-member-join = say that two accounts are one human being
    .example = member join telegram:123456 slack:U024BE7LH
help-on-member-mentions = whether a mention rings somebody elsewhere, or is their name
    .example = member mentions telegram:123456 account
help-on-held = what waits for staff before anybody hears of it
help-on-held-list = what waits, whose it claims to be, and why
    .example = held list
help-on-held-release = let it go: it is said as if it came now
    .example = held release 1h7k2m9p4q8rs
help-on-held-drop = drop it for good
    .example = held drop all
help-on-dead = what could not be delivered
help-on-dead-list = what could not be delivered, where and why
    .example = dead list
help-on-dead-retry = try it again
    .example = dead retry all
help-on-dead-drop = give it up for good; the record stays
    .example = dead drop 1h7k2m9p4q8rs
help-on-thread = one conversation within a room
help-on-thread-show = where a message stands, and where it is still to come
    .example = thread show 1h7k2m9p4q8rs
help-on-role = who may what
help-on-role-list = who is of staff
    .example = role list
help-on-community = the community itself
help-on-community-rename = give the community another name
    .example = community rename “Spring Fair” Summer
help-on-config = the configuration of the program
help-on-config-check = whether the configuration can be used
    .example = config check
help-on-config-defaults = every key with its meaning and default
    .example = config defaults

# What commands are given.
param-name = its name
param-channel = platform:id, as in telegram:-1001234567890
param-account = platform:account, as in telegram:123456
param-id = its id in the list, or how it begins
param-which = ids in the list, or all
param-code = the code that you were told
param-door = the word behind the door
param-switch = on or off
param-mentioned-by = account, which rings, or name, which rings nobody
param-most-parts = a number of posts, 0 for no limit, or default
param-topic = a word that help tells of
param-how-long = as in 2 weeks, until Monday, or off
param-flag = yes, or leave it out
param-yes-or-no = yes or no
param-aim = relay, metrics, pulse or stories
param-first-messages = wait, for a yes of whoever says something for the first time, or go
