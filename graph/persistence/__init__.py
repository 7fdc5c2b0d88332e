"""Redis: the sealed checkpointer, the inbox, the thread lock and the embedded server."""
