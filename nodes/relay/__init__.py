"""A person owns the thread: the bot is mute and passes messages on."""
