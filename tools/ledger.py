"""The ledger: which write was begun, and what it came to. Outside the model and outside the checkpoint."""

from frontdesk.tools.ledgers.entries import CallId, Entry, Ledger, OpenCall, State, new_token
from frontdesk.tools.ledgers.memory import MemoryLedger
from frontdesk.tools.ledgers.redis import RedisLedger

__all__ = ["CallId", "Entry", "Ledger", "MemoryLedger", "OpenCall", "RedisLedger", "State", "new_token"]
