"""Topics that a desk may keep away from: asking for opinion, advice or work of that kind, not every mention of a word.

Per topic one line or more for each of en, de, fr, es, it, pt, nl. A customer who needs a mattress for a bad back, who
threatens with a lawyer, who asks whether something is in stock or who has a faulty promotion code is not off topic.
"""

from __future__ import annotations

from frontdesk.nodes.guard.lexicon import advice, errands, opinions
from frontdesk.nodes.guard.lexicon.lexicon import topics

TOPICS = topics(0.6, {**opinions.ROWS, **advice.ROWS, **errands.ROWS})
"""By name; each refuses under the default threshold."""

__all__ = ["TOPICS"]
