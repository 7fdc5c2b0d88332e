"""Says no, in the desk's words."""
