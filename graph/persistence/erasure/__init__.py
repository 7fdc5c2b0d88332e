"""Erasure of a person: requests that survive a crash, the work itself, legal holds, and signed receipts."""
