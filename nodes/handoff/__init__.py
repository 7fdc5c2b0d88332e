"""Opens a ticket and gives the thread to a person."""
