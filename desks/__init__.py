"""The desks that ship with frontdesk (data, no code)."""
