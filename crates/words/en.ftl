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
for-members = That is for people of this community, and I have heard nothing from you in its rooms yet. Write there first.
for-admins = That is for staff and for whoever administers this channel, and nothing happened. “help” says what I can do for you.
codes-guessed = Too many codes were wrong, so I try none for now. Ask again in an hour.
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
talk-alone-done = That was for me, so it goes to nobody else, and it is done. Press the button, and I answer you alone.
talk-alone-label = Talk to me alone
see-answer-label = Show me the answer

button-gone = That button is gone, and nothing happened.
button-pressed = That was decided already, and nothing more happened.
button-of-another = That button is somebody else's, and nothing happened.
button-expired = It is too late for that, and nothing happened.

# Whom no community knows, and where the bridge stands in no room.
stranger = I know you from none of my rooms, so I keep nothing of what you write and can do nothing for you here. Write in a room that I carry first, and then to me again.
chat-not-known = I do not know this chat. If you and I are alone here, write me a word without a slash first. Of a chat with somebody else I hear nothing but commands, and can do nothing there.
link-no-room = Nothing happened: I have no room of that name. Ask whoever looks after the community what it is called, and say “link here ROOM” again.
in-no-room = I carry nothing from this channel, so there is nothing that I can do here.

## What people agree to

# In a channel that is joined with others. $places: as in “who can see this”. $commands: what each may say.
joined = This channel shares a conversation with { $places }, in { $community }. What is said here is read there, and what is said there is read here: words, files and reactions, with the names of those who sent them.
    I keep words for { $days ->
        [1] one day
       *[other] { $days } days
    }, and that something was said for { $months ->
        [1] one month
       *[other] { $months } months
    }. Each of you may say to me, in a private chat or behind /causeway, as in “/causeway private on”:
    { $commands }
    And “#local” anywhere in a message keeps that one here.
    .subject = This list is joined with other channels
to-be-joined = This channel is to share a conversation with { $places }, in { $community }. Once it does, what is said here is read there, and what is said there is read here: words, files and reactions, with the names of those who sent them. That may include what you say from now on.
    I keep words for { $days ->
        [1] one day
       *[other] { $days } days
    }, and that something was said for { $months ->
        [1] one month
       *[other] { $months } months
    }. Each of you may say to me, in a private chat or behind /causeway, as in “/causeway private on”:
    { $commands }
    And “#local” anywhere in a message keeps that one here.
    .subject = This list is to be joined with other channels
no-places-yet = the others of its room, which has none yet
# In a room where staff wants everybody to be asked. $places: as in “who can see this”.
may-it-go = What you said has not gone on yet: this room asks everybody once. May what you say here be carried to { $places }, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I erase it. “agreement” tells more.
may-go-label = Yes, carry it on
may-not-go-label = No, keep it here
may-go-said = You agreed: what you say in rooms is carried on, and so is what waited. “disagree” ends that at any time.
may-not-go-said = You said no. What waited went nowhere, and I erased it. From now on nothing that you say in any room here is carried to other channels. “agree” changes that.
never-went = You were asked whether what you said may go on, and 7 days went by without an answer: it went nowhere, and I erased it. Whatever you say next there, I ask you again.
effect-agree-relay = { $waiting ->
    [0] What you say in rooms is carried on.
    [1] What waited goes on now, and so does what you say from now on.
   *[other] The { $waiting } messages of yours that waited go on now, in their order, and so does what you say from now on.
} “disagree relay” ends that at any time.
effect-disagree-relay = Nothing of what you say goes on to other channels from now on.{ $waiting ->
    [0] {""}
    [1] {" "}One message waited; it goes nowhere, and I erased it.
   *[other] {" "}{ $waiting } messages waited; they go nowhere, and I erased them.
} What went before stays where it is. “agree relay” ends that.
effect-agree-pulse = I noted your yes. Nobody is asked here yet.
effect-disagree-pulse = I noted your no.
effect-agree-stories = I noted your yes. No stories are asked for here yet.
effect-disagree-stories = I noted your no.
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
connect-code = Say this to me on the other platform, within 15 minutes: connect { $code }. Then I ask you here once more, and whatever you ask of me holds for both of your accounts. Show the code to nobody.
connect-asks = That code was shown to { $who } on { $channel }. If that is you, write “confirm { $code }” within 10 minutes, and I ask you there as well. Else leave it: nothing happened.
connect-asked = Now look at { $channel }: I asked { $who } there whether that is you.
connect-confirm = Say yes only if you started this yourself: { $who } on { $channel } says that they are you. Whoever uses that account could then do here all that you can. If it is you, write “confirm { $code }” within 10 minutes; if somebody asked you to, say no.
connect-yes-label = Yes, that is me
connect-no-label = No
connected = Done: you and { $who } on { $channel } are one person for me now. “disconnect” ends that.
connect-declined = Nothing was joined: { $who } on { $channel } is somebody else.
disconnected = Your account and { $who } on { $channel } are two people for me from now on.
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
above-them = nobody gives or takes a role above their own; ask an owner of this community
granted-already = that person has this role already
not-granted = nobody gave that person this role here; whom the configuration names as staff, whoever runs me lets go there
last-owner = a community that has an owner keeps one; make somebody else owner first
owned-already = this community has an owner already, who can name others by “role grant”
not-reached = I cannot ask that person now; on the other platform, write to me alone first, ask for a new code there, and try again
no-code = that code is wrong, was used, or is too old; ask for a new one where you had it from
alone-already = this account is somebody of its own already
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
effect-in-english = From now on I speak English with you, wherever I answer you alone.
effect-in-spanish = From now on I speak Spanish with you, wherever I answer you alone.
effect-in-communitys = From now on I speak with you as with the community.
effect-member-join = Both accounts count as one person from now on. That person can undo it with “disconnect”.
effect-role-grant = That person has this role here, from whichever of their accounts they speak.
effect-role-grant-staff = That person may do here what staff may, from whichever of their accounts they speak.
effect-role-grant-owner = That person owns this community as you do: they may do everything, and say who else may.
effect-role-revoke = That person has this role here no longer.
effect-owner = You own this community: you may do everything here, and “role grant” says who else may.
effect-disconnect = This account is separate again, and so is what it did. Both sides keep what you wished: private, name, rest.
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

# What people change for themselves.
effect-private-on = From now on what you say is read only where you say it. What was still waiting does not go. What others have already stays with them; if you delete it where you wrote it, I delete its copies where I can. When somebody answers you, your words do not travel with the answer. A mailing list still sends your mail to its own members. “private off” ends this.
effect-private-off = What you say from now on is carried to the other channels again; rooms that ask first may ask you. What you said meanwhile stays where it is. To keep back a single message, write “#local” in it when you send it.
effect-name-off = Elsewhere you are called “Member” with a number from now on, without your picture and the names of your files. What stands there under your name stays so. “name on” ends it.
effect-name-on = You go by your name again from now on. What you said without it stays without it.
effect-metrics-off = { $rows ->
    [0] You are not counted from now on. Nothing was counted before.
    [1] You are not counted from now on, and the one entry about you is deleted.
   *[other] You are not counted from now on, and the { $rows } entries about you are deleted.
} “metrics on” lets you be counted again.
effect-metrics-on = You are counted from now on: when you spoke and how much, and not a word of it. “metrics off” ends it.
effect-rest-until = I leave you alone until { $until } UTC in { $year }: I say nothing but what you ask for or wait for, and no mention calls you elsewhere. “rest off” ends it sooner.
effect-rest = I leave you alone until you say “rest off”: I say nothing but what you ask for or wait for, and no mention calls you elsewhere.
effect-rest-off = You rest no longer: mentions call you as before.
# Why it is refused to rest until then.
day-over = that day is over

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
    Whoever uses two platforms says “connect” to me, and is one person.
   *[other] { $count } people, those known longest first:{ $lines }
    Whoever uses two platforms says “connect” to me, and is one person.
}
roles-told = { $count ->
    [0] Nobody has a role here. Whoever runs me names the first owner: “causeway owner code” shows how.
    [1] One account has a role:{ $lines }
   *[other] { $count } roles are held here:{ $lines }
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
role-line = { $account }: { $role }
audit-told = { $count ->
    [0] Staff has changed nothing here yet, as far as it is kept.
    [1] One change was made here:{ $lines }
   *[other] { $count } changes were made here, the newest first:{ $lines }
}
audit-line = { $when }, { $who }: { $verb }. { $effect }
by-the-terminal = at the terminal
by-somebody = somebody
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
# Whoever is relayed without their name. Others who are called so get a number.
member = Member { $number }

# In place of a quotation.
answers-what-stays = In answer to something that stays where it was said

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
help-on-rest = no mention calls you elsewhere for a while; messages still come
    .example = rest 2 weeks
help-on-private = keep what you say where you say it, or one message by “#local” in it
    .example = private on
help-on-name = be carried without your name, or with it again
    .example = name off
help-on-metrics = not be counted, or be counted again
    .example = metrics off
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
help-on-staff = more: for staff
help-on-me = what is about you alone
help-on-me-language = in which language I speak with you, or default for the community’s
    .example = me language español
help-on-agreement = what this community asks you to agree to, and what you said
    .example = agreement
help-on-agree = say yes: what you say may be carried on, or to another purpose
    .example = agree relay
help-on-disagree = say no: what you say is not carried on any more, or to another purpose
    .example = disagree relay
help-on-status = how everything is
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
help-on-role = who may do what
help-on-role-list = who is of staff, and who has which role
    .example = role list
help-on-role-grant = give somebody a role
    .example = role grant telegram:123456 steward
help-on-role-revoke = take a role away
    .example = role revoke telegram:123456 steward
help-on-audit = what staff did here
help-on-audit-list = what staff did here, and when
    .example = audit list
help-on-connect = say that you use two platforms: I show a code here, and you say it there
    .example = connect
help-on-disconnect = let this account be somebody of its own again
    .example = disconnect
help-on-owner = own this community, with the code that the terminal shows
    .example = owner 7K3QH2M9
help-on-link-here = let the channel in which you say it take part in a room
    .example = link here “Spring Fair”
help-on-link-leave = let the channel in which you say it take part in its room no longer
    .example = link leave
help-on-community = the community itself
help-on-community-rename = give the community another name
    .example = community rename “Spring Fair” Summer
help-on-config = the configuration of the program
help-on-config-check = whether the configuration can be used
    .example = config check
help-on-config-defaults = every key with its meaning and default
    .example = config defaults

## Who reads what is said, and what is kept of it

# Each is one of those below.
seen-told = { $where } { $kept }{ $wish } { $staff }{ $page }
seen-alone = What you write to me alone goes to nobody and is not kept. Ask me in a channel, and I tell you where it is read.{ $wish } “mydata” sends you what I hold of you.{ $page }
seen-here = What is said in this channel stays in it: no other channel takes part in its room.
# $places: so many channels on each platform.
seen-by = What is said in this channel is carried to { $places }, and whoever reads there reads it.
# $readers: people to whom I send mail.
seen-by-readers = What is said in this channel is carried to { $places }, and whoever reads there reads it. { $readers ->
    [1] One person gets it by mail.
   *[other] { $readers } people get it by mail.
}
seen-kept = I keep the words for { $days ->
    [1] one day
   *[other] { $days } days
}, and that something was said for { $months ->
    [1] one month.
   *[other] { $months } months.
}
# Each is 1 where it is so.
seen-wish = { $private ->
    [1] {" "}You are private now: what you say is read only where you say it.
   *[other] {""}
}{ $nameless ->
    [1] {" "}What you say goes without your name.
   *[other] {""}
}{ $uncounted ->
    [1] {" "}You are not counted.
   *[other] {""}
}{ $rests ->
    [1] {" "}You are resting: no mention calls you.
   *[other] {""}
}
# $count: how many are of staff.
seen-staff = { $count ->
    [0] Besides them, only whoever runs the machine that I am on could read what is kept.
    [1] One person of staff can also read what waits for staff before it goes on. Whoever runs the machine that I am on could read what is kept.
   *[other] { $count } people of staff can also read what waits for them before it goes on. Whoever runs the machine that I am on could read what is kept.
} “mydata” sends you what I hold of you.
seen-page = {" "}All of this for everybody: { $address }
without-page = {""}
help-and-page = { $help }
    What is kept, and where it goes: { $address }

## The page about privacy

privacy-heading = What { $community } carries and keeps
privacy-made = The people of { $community } talk on several platforms. Causeway carries what they say in a room from each of its channels to the others. This page is made of the settings and the database as they are now.
privacy-goes = Where it goes
privacy-goes-nowhere = No channel takes part yet.
privacy-kept = What is kept, and for how long
privacy-words = Words, subjects, and the names and descriptions of files: { $days ->
    [1] one day.
   *[other] { $days } days.
} What is still on its way by then is kept for at most twice as long.
privacy-metadata = That something was said, when, where and by whom, and where its copies stand: { $months ->
    [1] one month.
   *[other] { $months } months.
} Names and accounts of people go when they ask for it.
privacy-numbers = Numbers of how people take part, without a word, under a code instead of a name: { $months ->
    [1] one month.
   *[other] { $months } months.
}
privacy-files = Files pass through and lie here for at most { $days ->
    [1] one day.
   *[other] { $days } days.
} Nobody but those who get them sees them.
privacy-hashes = A fingerprint of each message, from which it cannot be read, so that nothing is carried twice: 14 days. That of a message whose author was forgotten stays, so that it does not come back.
privacy-log = The program’s own log holds numbers and ids: no words, no names of people and no addresses.
privacy-not-kept = What is not kept
privacy-not-alone = What people write to the bridge alone: no word of it.
privacy-not-linked = What is said in channels that take part in no room: no word of it.
privacy-not-places = Where a picture was taken: that is removed before it goes on.
privacy-can = What you can do
privacy-commands = Write one of these to the bridge alone, or with /causeway in a channel, or to the list’s request address by mail:
privacy-reads = Who reads it
privacy-staff = { $count ->
    [0] Those who read a room’s channels.
    [1] Those who read a room’s channels. One person of staff reads what waits for staff before anybody hears of it.
   *[other] Those who read a room’s channels. { $count } people of staff read what waits for them before anybody hears of it.
}
privacy-operator = Whoever has the keys of the machine can read what is kept on it, and is bound by what this page says.
privacy-agreed = What people here agree to (version { $version })
privacy-who-runs = Who runs this
privacy-run-by = { $community }.
# $language: a tag, as in en.
privacy-language = The bridge speaks this language here: { $language }

# What somebody is handed of what is held of them.
# $community: its name. $messages: how many of theirs are known. $wordless: of how many of them no words are kept any more.
# $files: how many there are.
mydata-here = { $files ->
    [0] I hold nothing of you in { $community }.
   *[other] This is all that I hold of you in { $community }, over all your accounts: as JSON for programs, and as mbox, which mail programs open. { $messages ->
        [0] I know of no message of yours.
        [1] One message of yours is in it.
       *[other] { $messages } messages of yours are in it.
    }{ $wordless ->
        [0] {""}
        [1] {" "}Of one of them no words are kept any more, only when and where it was said.
       *[other] {" "}Of { $wordless } of them no words are kept any more, only when and where they were said.
    } Nothing of others is in it. These files are not kept here. “forget me” lets me forget you.
}
mydata-nothing = I hold nothing of you here.
mydata-nowhere = Files do not go this way, so nothing of what I hold of you went out. Write “mydata” to me alone, where files can be sent.
mydata-again = What I hold of you waited too long to be sent. Write “mydata” once more, and I send it at once.
mydata-often = You had what I hold of you three times within a day, which is as often as I send it. Ask me again tomorrow.
mydata-alone = What I hold of you goes to you alone, as files, and none can be sent this way. Write “mydata” to me in our private chat.

# What it comes to that somebody is forgotten. $messages: how many of theirs are known. $copies: how many copies of them stand
# elsewhere. $mails: how many went where nothing can be taken back.
effect-forget-me = { $messages ->
    [0] I know of no message of yours.
    [1] I erase your one message here.
   *[other] I erase your { $messages } messages here.
} I forget your names, accounts and wishes, and take back the copies that stand elsewhere: { $copies }.{ $mails ->
    [0] {""}
    [1] {" "}What went out as one mail cannot be called back.
   *[other] {" "}What went out as { $mails } mails cannot be called back.
} Files that you sent may lie here for as long as words are kept. What you wrote stays where you wrote it; only you can delete that. This cannot be undone. I write to you alone once it is finished.
# $lines: a line for each platform.
forgetting-goes-on = I am forgetting you, and taking back { $messages ->
    [1] one message.
   *[other] { $messages } messages.
} So far:{ $lines }
forgotten-told = You are forgotten here: { $messages ->
    [0] no message of yours was known.
    [1] one message was erased.
   *[other] { $messages } messages were erased.
}{ $lines }
    What could not be taken back stands in other people’s mailboxes and channels: ask them to delete it. What you said stays where you said it, and you can delete it there. This chat is forgotten with this message. If you write in a room again, you are somebody new.
forgotten-line = { $platform }: { $number } taken back
forgotten-cannot = , { $number } cannot be taken back there
forgotten-refused = , { $number } not taken back: it refused
forgotten-open = , { $number } still to be taken back
forgotten-named = Whoever runs me names you in the configuration, which I cannot change: please ask them to take you out of it.

# What commands are given.
param-name = its name
param-channel = platform:id, as in telegram:-1001234567890
param-account = platform:account, as in telegram:123456
param-id = its id in the list, or how it begins
param-which = ids in the list, or all
param-code = the code that you were told
param-door = the word behind the door
param-switch = on or off
param-language = english, español, or default
param-role = owner, steward, staff, trainer, catalyst, participant or observer
param-mentioned-by = account, which rings, or name, which rings nobody
param-most-parts = a number of posts, 0 for no limit, or default
param-topic = a word that help tells of
param-how-long = as in 2 weeks, until Monday, or off
param-flag = yes, or leave it out
param-yes-or-no = yes or no
param-aim = relay, metrics, pulse or stories
param-first-messages = wait, for a yes of whoever says something for the first time, or go
