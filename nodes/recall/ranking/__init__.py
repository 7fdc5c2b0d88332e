"""Finds what was said before again: which of a customer's texts matter to a question."""

from frontdesk.nodes.recall.ranking.certainty import LIKELY
from frontdesk.nodes.recall.ranking.documents import Document
from frontdesk.nodes.recall.ranking.ranker import Ranker

__all__ = ["LIKELY", "Document", "Ranker"]
