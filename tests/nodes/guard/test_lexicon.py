"""Off-topic and abuse on messages of our own: what is recognised, and whom it bothers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.guarding import GuardRule
from frontdesk.nodes.guard.checks.abuse import CHECK as ABUSE
from frontdesk.nodes.guard.checks.language import CHECK as LANGUAGE
from frontdesk.nodes.guard.checks.off_topic import CHECK as OFF_TOPIC
from frontdesk.nodes.guard.guard import InputGuardRail
from frontdesk.nodes.guard.views import views

HERE = Path(__file__).parent
CHECKS: dict[str, Any] = {"off_topic": OFF_TOPIC, "abuse": ABUSE}


def read(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = YAML(typ="safe").load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def dialogues() -> list[str]:
    files = sorted((HERE.parents[1] / "dialogues").glob("*.yaml"))
    talks = [talk for file in files for talk in YAML(typ="safe").load(file.read_text(encoding="utf-8"))]
    return [turn["say"] for talk in talks for turn in talk["turns"]]


@pytest.mark.parametrize(("name", "least"), [("off_topic", 100), ("abuse", 70)])
def test_what_is_meant_is_recognised(name: str, least: int) -> None:
    check = CHECKS[name]()
    cases = [(topic, text) for topic, texts in read(name).items() if topic != "ordinary" for text in texts]

    missed = [(topic, text) for topic, text in cases if f"{name}.{topic}" not in check.inspect(text, views(text)).rules]

    assert len(cases) >= least
    assert len(missed) <= 0.05 * len(cases), missed


@pytest.mark.parametrize("name", ["off_topic", "abuse"])
def test_ordinary_customers_are_not_bothered(name: str) -> None:
    check = CHECKS[name]()
    texts = [*read(name)["ordinary"], *dialogues()]

    hit = [(text, rules) for text in texts if (rules := check.inspect(text, views(text)).rules)]

    assert len(texts) >= 200
    assert len(hit) <= 0.005 * len(texts), hit


def test_only_the_topics_that_a_desk_names() -> None:
    check = OFF_TOPIC(topics=["politics"], phrases=["Swan & Sons"])

    assert check.inspect("Does God exist?", ()).rules == ()
    assert check.inspect("Who should I vote for?", ()).rules == ("off_topic.politics",)
    assert check.inspect("Is it cheaper at SWAN  & sons?", ()).rules == ("off_topic.own",)


def test_the_sentence_is_named() -> None:
    text = "Hello. Who should I vote for? And where is my order?"

    (start, end) = OFF_TOPIC().inspect(text, views(text)).spans[0]

    assert text[start:end].strip() == "Who should I vote for?"


@pytest.mark.parametrize(
    ("declared", "text", "rules"),
    [
        (["en"], "Wo ist denn meine Bestellung geblieben, ich warte schon seit zwei Wochen", ("language.de",)),
        (["en", "de"], "Wo ist denn meine Bestellung geblieben, ich warte schon seit zwei Wochen", ()),
        (["en"], "Где мой заказ номер 10482?", ("language.cyrillic",)),
        (["en", "ru"], "Где мой заказ номер 10482?", ()),
        (["en"], "注文はどこですか、教えてください。", ("language.kana",)),
        (["en"], "Where is my order 10482?", ()),
        (["en"], "merci", ()),
        (["en"], "The lamp is called Über den Wolken, do you have it in stock?", ()),
        (["en"], "10482", ()),
        (["pl"], "Gdzie jest moje zamówienie?", ()),
    ],
    ids=[
        "German", "German is spoken here", "Russian", "Russian is spoken here", "Japanese", "ours", "one word", "a title",
        "a number", "a language that is not told apart",
    ],
)  # fmt: skip
def test_language(declared: list[str], text: str, rules: tuple[str, ...]) -> None:
    assert LANGUAGE(languages=declared).inspect(text, ()).rules == rules


async def test_language_is_recorded_only_and_knows_the_desks_languages() -> None:
    config = DeskConfig(name="desk", business="Desk", languages=["de"], guards={"language": GuardRule(enabled=True)})

    verdict = await InputGuardRail(config).check("where is my order and when will it be here", "user")

    assert (verdict["outcome"], verdict["rules"]) == ("allow", ["language.en"])


async def test_despair_is_told_apart_from_abuse() -> None:
    config = DeskConfig(name="desk", business="Desk", guards={"abuse": GuardRule(enabled=True)})

    verdict = await InputGuardRail(config).check("You idiots. I don't want to live anymore.", "user")

    assert (verdict["outcome"], verdict["category"]) == ("raise", "self_harm")
