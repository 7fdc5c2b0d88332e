"""Tier routing on 1,000 messages of the retail desk: who serves them, at what price, and how well."""
