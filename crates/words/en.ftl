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
talk-alone = That was for me, so it goes to nobody else. Press the button, and I answer you alone.
talk-alone-label = Talk to me alone
see-answer-label = Show me the answer

button-gone = That button is gone, and nothing happened.
button-pressed = That was decided already, and nothing more happened.
button-of-another = That button is somebody else's, and nothing happened.
button-expired = It is too late for that button, and nothing happened.

# Whom no community knows, and where the bridge stands in no room.
stranger = I know you from none of my rooms, so I keep nothing of what you write and can do nothing for you here. Write in a room that I carry first, and then to me again.
chat-not-known = I do not know this chat. If you and I are alone here, write me a word without a slash first. Of a chat with somebody else I hear nothing but commands, and can do nothing there.
in-no-room = I carry nothing from this channel, so there is nothing that I can do here.

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
help-on-room-set = from how many posts on a long text goes as a file
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
