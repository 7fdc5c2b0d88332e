"""A desk: the folder that makes one deployment differ from the next."""
