//! What everybody says about themselves, in plain words, and what answers a question of ours.

use super::{
    choices::{Aim, Switch},
    time::HowLong,
    value::{Code, Door, Topic},
};

noun! {
    Everyday "": HELP_EVERYDAY;
    Help "help" | "?" { about: Option<Topic> }: Anybody Reads HELP_HELP, Short;
    Start "start" { door: Option<Door> }: Anybody Reads HELP_START, Short, Quiet;
    Rest "rest" { how_long: Option<HowLong> }: Anybody Changes HELP_REST, Short, Own;
    Private "private" { switch: Switch }: Anybody Changes HELP_PRIVATE, Short, Own;
    Name "name" | "my name" { switch: Switch }: Anybody Changes HELP_NAME, Short, Own;
    Metrics "metrics" { switch: Switch }: Anybody Changes HELP_METRICS, Short, Own;
    Mydata "mydata" | "my data": Anybody Reads HELP_MYDATA, Short, Own;
    ForgetMe "forget me": Anybody Changes HELP_FORGET_ME, Short, Own;
    WhoCanSee "who can see this" | "who sees this" | "who can read this": Anybody Reads HELP_WHO_CAN_SEE;
    Agreement "agreement": Anybody Reads HELP_AGREEMENT;
    Agree "agree" | "i agree" { purpose: Option<Aim> }: Anybody Changes HELP_AGREE, Own;
    Disagree "disagree" | "i disagree" { purpose: Option<Aim> }: Anybody Changes HELP_DISAGREE, Own;
    Connect "connect" { code: Option<Code> }: Anybody Changes HELP_CONNECT, Own;
    Disconnect "disconnect": Anybody Changes HELP_DISCONNECT, Own;
    Confirm "confirm" { code: Code }: Anybody Changes HELP_CONFIRM;
    Undo "undo": Anybody Changes HELP_UNDO;
    Owner "owner" { code: Code }: Anybody Changes HELP_OWNER, Quiet;
}
