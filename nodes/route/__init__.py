"""What the message is about: intent and calibrated confidence."""
