"""``frontdesk eval scrub``: how much personal data is found, and what else is altered."""
