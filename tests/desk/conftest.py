"""A small desk without faults, written anew for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

DESK = """\
name: corner
business: Corner Shop
languages: [en, en-GB]
models:
  fast: openai:some-model
  base_url: http://127.0.0.1:9/v1
routing:
  accept: 0.6
  clarify: 0.3
texts:
  greeting: Welcome to {business}.
  handoff: Ticket {ticket}. {hours}
link_hosts: [www.corner.example]
seed: seed.py:prepare
demo:
  subject: C-1
  scopes: [orders:read]
"""
INTENTS = """\
intents:
  - name: order_status
    title: see where an order is
    description: Where is my order
    utterances:
      - where is my order
      - has order 12345 left yet
    tools: [get_order]
    pages: [delivery]
  - name: cancel_order
    title: cancel an order
    description: Stop an order
    tier: reasoning
    utterances:
      - cancel my order
      - I no longer want it
    tools: [cancel_order]
    prompt: careful
"""
PAGE = """\
---
id: delivery
title: Delivery
url: https://www.corner.example/delivery
valid_from: 2024-01-31
---

# Delivery
We deliver in two days. [More](https://www.corner.example/more), or [below](#prices).

## Prices
Delivery is free.
"""
READ = """\
name: get_order
description: Look up one order of the customer.
effect: read
scopes: [orders:read]
input:
  type: object
  properties:
    order_id:
      type: string
      pattern: "^[0-9]{5}$"
      x-ask: Which order?
      x-cues: [order, number]
    customer_id: {type: string}
  required: [order_id]
  additionalProperties: false
output:
  type: object
  properties:
    status: {type: string, enum: [open, sent]}
  required: [status]
owner:
  argument: customer_id
reply: "The order is {{ status }}."
connector:
  kind: sql
"""
WRITE = """\
name: cancel_order
description: Cancel one order of the customer.
effect: write
confirm: always
question: Shall I cancel order {order_id}?
scopes: [orders:read]
input:
  type: object
  properties:
    order_id: {type: string}
    customer_id: {type: string}
    reason:
      type: string
      enum: [late, changed_mind]
      x-source: customer
      x-words:
        late: [too slow, late]
  required: [order_id]
output:
  type: object
  properties:
    owner: {type: string}
    items:
      type: array
      items:
        type: object
        properties:
          owner: {type: string}
owner:
  argument: customer_id
  result: items.owner
connector:
  kind: python
"""
PROMPT = """\
---
name: careful
description: Answers where a mistake is dear.
variables: [{variables}]
---
You work for {{{{ business }}}}.
"""
SEED = """\
async def prepare(engine):
    raise AssertionError("a check runs no code of the desk")
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder of a good desk with every kind of file."""
    from frontdesk.prompts.book import shipped_prompts

    variables = ", ".join(sorted(shipped_prompts()["respond"].variables))
    texts = {
        "desk.yaml": DESK,
        "intents.yaml": INTENTS,
        "knowledge/delivery.md": PAGE,
        "tools/get_order.yaml": READ,
        "tools/cancel_order.yaml": WRITE,
        "prompts/careful.md": PROMPT.format(variables=variables),
        "seed.py": SEED,
    }
    root = tmp_path / "corner"
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
