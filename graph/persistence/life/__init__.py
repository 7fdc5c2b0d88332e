"""The life of personal data: for which purpose it is kept, how long, and what a person can have of it."""
