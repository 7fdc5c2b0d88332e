"""The section ``review`` of desk.yaml: what ``frontdesk check`` says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.load import Desk
from frontdesk.errors import ConfigurationError

INTENTS = "intents:\n  - {name: hours, title: opening hours, description: Hours, utterances: [when open, open now]}\n"


def loaded(folder: Path, review: str) -> Desk:
    (folder / "desk.yaml").write_text(f"name: corner\nbusiness: Corner Shop\nreview: {review}\n")
    (folder / "intents.yaml").write_text(INTENTS)
    return Desk.load(folder)


@pytest.mark.parametrize(
    "review",
    [
        "{}",
        "{steps: {tone: {action: block, otherwise: handoff}, grounding: {enabled: false}}}",
        "{steps: {promises: {options: {allow: ['send ... voucher'], deny: [best price]}}}}",
        "{steps: {theirs: {validator: 'some.package:Class', options: {whatever: 1}}}}",
        "{topics: {press: {triggers: [journalist*], unless: [journalist desk], say: 'Ask {business}.'}}}",
    ],
    ids=["nothing said", "policies", "options", "a validator of somebody else's", "a topic"],
)
def test_what_is_right_loads(review: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, review).config.name == "corner"


@pytest.mark.parametrize(
    ("review", "problem", "remedy"),
    [
        ("{steps: {tones: {}}}", "unknown review step `tones`", "`tone`"),
        ("{steps: {theirs: {}}}", "unknown review step `theirs`", "needs a `validator`"),
        ("{steps: {theirs: {validator: some.Class}}}", "`some.Class` names no class", "package.module:Class"),
        ("{steps: {tone: {validator: 'a.b:C'}}}", "`tone` is a step of ours", "a name of its own"),
        ("{steps: {tone: {options: {never: [x]}}}}", "`tone` has no option `never`", "`never_say`"),
        ("{steps: {leak: {options: {x: 1}}}}", "`leak` has no option `x`", "the step takes none"),
        ("{steps: {tone: {options: {never_say: ['...']}}}}", "`...` is no phrase", "it has no word"),
        ("{steps: {instead: {options: {words: {'a ...': b}}}}}", "`a ...` is no phrase", "not at an end"),
        ("{steps: {length: {options: {characters: 12001}}}}", "`12001` is no length of a reply", "from 1 to 12000"),
        ("{steps: {length: {options: {characters: long}}}}", "`long` is no length of a reply", "from 1 to 12000"),
        ("{steps: {tone: {action: shout}}}", "review.steps.tone.action", "block"),
        ("{topics: {Press: {triggers: [x], say: y}}}", "`Press` is no name for a topic", "small letters"),
        ("{topics: {press: {triggers: ['... x'], say: y}}}", "`... x` is no phrase", "not at an end"),
        ("{topics: {press: {triggers: [x], unless: ['(']  , say: y}}}", "`(` is no phrase", "it has no word"),
        ("{topics: {press: {triggers: [x], say: 'Hi {name}'}}}", "review.topics.press.say", "business"),
        ("{topics: {press: {triggers: [], say: y}}}", "review.topics.press.triggers", "1"),
    ],
    ids=[
        "misspelt step",
        "foreign step without a validator",
        "validator that names no class",
        "validator for a step of ours",
        "misspelt option",
        "option of a step without any",
        "phrase without a word",
        "replaced phrase that ends in a gap",
        "reply that nobody could search",
        "length that is no number",
        "unknown action",
        "name of a topic",
        "trigger that begins with a gap",
        "exception without a word",
        "unknown field in a wording",
        "topic without triggers",
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(review: str, problem: str, remedy: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        loaded(tmp_path, review)
    assert problem in str(raised.value)
    assert remedy in str(raised.value)
