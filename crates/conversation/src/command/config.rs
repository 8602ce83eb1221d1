//! The configuration, which is a file of whoever runs the program.

noun! {
    Config "config": HELP_CONFIG;
    Check "config check": Operator Reads HELP_CONFIG_CHECK, Later;
    Defaults "config defaults": Operator Reads HELP_CONFIG_DEFAULTS, Later;
}
