"""The content of desks/retail holds together: counts, references, wording, and the same figure on every page."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from tests.desks.conftest import ROOT, Retail, normal

TOOLS = {
    "get_customer",
    "list_orders",
    "get_order",
    "update_shipping_address",
    "cancel_order",
    "return_order",
    "exchange_item",
    "request_refund",
    "withdraw_request",
    "get_loyalty_points",
    "get_store_hours",
    "erase_my_data",
    "export_my_data",
    "stop_remembering",
    "start_remembering",
    "list_memories",
    "correct_memory",
    "forget_memory",
    "forget_memories",
}

FIGURES = [
    # what it is, pattern with one group, the one allowed value, pages that must say it at least
    ("standard delivery charge", r"[Ss]tandard delivery costs ([\d.]+) EUR", "4.95", 1),
    ("free delivery from", r"free (?:for orders|delivery) from (60|\d\d) EUR", "60", 1),
    ("standard delivery days", r"[Ss]tandard delivery takes (\d to \d) working days", "3 to 5", 1),
    ("sent from the warehouse or by post", r"(?:in|take) (\d to \d) working days", "3 to 5", 3),
    ("express charge", r"Express delivery costs ([\d.]+) EUR", "9.95", 1),
    ("two-person delivery", r"(?:room of choice|two-person delivery) costs (\d+) EUR per order", "39", 2),
    ("two-person delivery free from", r"per order and is free for orders from (\d+) EUR", "500", 2),
    ("days for large furniture", r"furniture is delivered within (\d+ to \d+) working days", "10 to 15", 2),
    ("time window", r"(\d)-hour time window", "4", 2),
    ("returns", r"(?:return goods|return the whole order|send it back) within (\d+) days", "30", 4),
    ("exchanges", r"same product within (\d+) days|normal exchange applies: within (\d+) days", "30", 2),
    ("reporting a fault of the delivery", r"(?:tell us|report it|reported) within (\d+) days", "14", 4),
    ("return by parcel", r"(?:return by parcel|A return label) costs ([\d.]+) EUR", "3.95", 2),
    (
        "collection of large furniture",
        r"(?:from your home for|takes the old one along, for|furniture) (\d+) EUR",
        "29",
        3,
    ),
    ("refund days", r"[Rr]efund(?:ed)?[^.]{0,40} within (\d+) working days after the return", "5", 2),
    (
        "money back after other cases",
        r"(?:refunded|payment method|refund the money|account) within (\d) working",
        "5",
        5,
    ),
    (
        "answer of a colleague",
        r"(?:checked by a colleague|colleague answers[^.]{0,60}) within (\d) working days",
        "2",
        3,
    ),
    ("warranty years", r"warranty of (\d) years", "2", 2),
    ("points value", r"100 points (?:are worth|take) (\d) EUR", "5", 2),
    ("points wait", r"[Pp]oints arrive (?:in your account )?(\d+) days", "30", 2),
    ("number of shops", r"(?:in|of our|all|of the|any of our) (six|\d+) shops", "six", 6),
    ("parcel limit", r"up to (\d+) kg", "25", 2),
    ("order number digits", r"(\d)[- ]digits?", "5", 2),
    ("business warranty", r"business use is (\d) year", "1", 1),
    ("price promise days", r"within (\d+) days of your purchase", "14", 1),
]


def test_enough_of_everything(retail: Retail) -> None:
    assert len(retail.intents) >= 28
    assert len(retail.pages) >= 24
    assert sum(len(intent.utterances) for intent in retail.intents.values()) >= 400
    assert any(page.audience == "customer" for page in retail.pages.values())
    assert [name for name, intent in retail.intents.items() if intent.handoff] == ["talk_to_human"]


def test_every_intent_has_eight_varied_utterances(retail: Retail) -> None:
    few = {name: len(intent.utterances) for name, intent in retail.intents.items() if len(intent.utterances) < 8}
    assert not few
    flat = {
        name
        for name, intent in retail.intents.items()
        if len({len(text.split()) for text in intent.utterances}) < 4  # all of one length reads like a form
    }
    assert not flat


def test_no_utterance_twice(retail: Retail) -> None:
    counts = Counter(normal(text) for intent in retail.intents.values() for text in intent.utterances)
    assert [text for text, count in counts.items() if count > 1] == []


def test_titles_are_unique_and_complete_a_question(retail: Retail) -> None:
    titles = [intent.title for intent in retail.intents.values()]
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if title[0].isupper() or title[-1] in ".?!"]


def test_all_named_pages_exist_and_all_pages_are_named(retail: Retail) -> None:
    named = {page for intent in retail.intents.values() for page in intent.pages}
    assert named == set(retail.pages)


def test_only_known_tools_are_named_and_all_are_used(retail: Retail) -> None:
    named = {tool for intent in retail.intents.values() for tool in intent.tools}
    assert named == TOOLS


def test_the_contracts_are_there(retail: Retail) -> None:
    assert set(retail.tools) == TOOLS
    held = set(retail.config.demo.scopes) if retail.config.demo else set()
    wanted = {scope for contract in retail.tools.values() for scope in contract.scopes}
    assert wanted == held, "the demo customer can use every tool, and holds nothing else"


def test_intents_with_several_writes_reason(retail: Retail) -> None:
    writes = {name for name, contract in retail.tools.items() if contract.effect == "write"}
    several = {name for name, intent in retail.intents.items() if len(writes & set(intent.tools)) >= 2}
    assert several == {name for name, intent in retail.intents.items() if intent.tier == "reasoning"}


def test_writes_are_never_deterministic(retail: Retail) -> None:
    writes = {name for name, contract in retail.tools.items() if contract.effect == "write"}
    assert not [n for n, i in retail.intents.items() if i.tier == "deterministic" and writes & set(i.tools)]


def test_pages_sit_where_their_id_and_address_say(retail: Retail) -> None:
    assert {path.stem for path in (ROOT / "knowledge").glob("*.md")} == set(retail.pages)
    for page in retail.pages.values():
        assert page.url == f"https://{retail.config.link_hosts[0]}/help/{page.id}"
        assert page.valid_from is not None


def test_pages_are_of_a_size_to_be_read(retail: Retail) -> None:
    sizes = {name: len(page.body.split()) for name, page in retail.pages.items()}
    assert not {name: size for name, size in sizes.items() if not 120 <= size <= 300}
    assert not [name for name, page in retail.pages.items() if page.body.count("\n## ") < 3]


def sections(body: str) -> list[str]:
    """Return the text under each heading, the part before the first heading included."""
    return [part.strip() for part in re.split(r"^## .*$", body, flags=re.M)]


def test_first_sentences_stand_by_themselves(retail: Retail) -> None:
    """An extractive answer quotes them: no pronoun may point back at a heading that is not quoted."""
    dangling = re.compile(r"(It|They|This|That|These|Those|He|She|There it)\b")
    firsts = [(name, text) for name, page in retail.pages.items() for text in sections(page.body)]
    assert not [(name, text[:50]) for name, text in firsts if dangling.match(text) or len(text.split()) < 6]


def test_pages_hold_nothing_that_the_scrubber_would_mask(retail: Retail) -> None:
    """A reply is scrubbed once more on its way out: a shop's own street would reach the customer as a placeholder."""
    scrubber = PersonalDataScrubber().firm()
    masked = {name: scrubber.scrub(page.body, {}).values for name, page in retail.pages.items()}
    assert not {name: dict(values) for name, values in masked.items() if values}


def test_links_stay_at_home(retail: Retail) -> None:
    hosts = {
        host for page in retail.pages.values() for host in re.findall(r"\b(?:www\.|https?://)[\w.-]+\w", page.body)
    }
    assert hosts <= set(retail.config.link_hosts)


@pytest.mark.parametrize(("what", "pattern", "value", "least"), FIGURES, ids=[row[0] for row in FIGURES])
def test_one_figure_everywhere(retail: Retail, what: str, pattern: str, value: str, least: int) -> None:
    found = {
        name: [next(filter(None, match.groups())) for match in re.finditer(pattern, page.body)]
        for name, page in retail.pages.items()
    }
    said = {name: values for name, values in found.items() if values}
    assert len(said) >= least, f"{what}: the pattern no longer matches the pages"
    assert {value for values in said.values() for value in values} == {value}


def test_promises_about_the_chat_equal_the_configuration(retail: Retail) -> None:
    days = re.search(r"Conversations are deleted after (\d+) days", retail.pages["privacy"].body)
    assert days is not None
    assert float(days.group(1)) == retail.config.retention.thread_days
    for hours in ("Monday to Friday, 8:00 to 20:00", "Saturday from 9:00 to 17:00"):
        assert hours in retail.config.handoff.hours
        assert hours in retail.pages["contact"].body


@pytest.mark.parametrize(
    ("text", "field"),
    [("clarify", "{options}"), ("out_of_scope", "{topics}"), ("handoff", "{ticket}"), ("handoff", "{hours}")],
)
def test_texts_keep_their_fields(retail: Retail, text: str, field: str) -> None:
    assert field in getattr(retail.config.texts, text)
