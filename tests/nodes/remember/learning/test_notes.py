"""What a message teaches of its writer, and what it does not."""

from __future__ import annotations

import pytest

from frontdesk.desk.remembering import Memory
from frontdesk.nodes.remember.learning.notes import MOST, notes_of

TOLD = [
    ("I live in York.", "address.town", "lives in York"),
    ("We've just moved to Leeds, where is my sofa?", "address.town", "lives in Leeds"),
    ("I'm based in Cork", "address.town", "lives in Cork"),
    ("I live in a flat without a lift", "home.lift", "has no lift at home"),
    ("I live in a small flat", "home.kind", "lives in a small flat"),
    ("We live on the third floor", "home.floor", "lives on the third floor"),
    ("I'm vegetarian", "diet", "is vegetarian"),
    ("We are vegan now", "diet", "is vegan"),
    ("I have two cats", "pets.cat", "has 2 cats"),
    ("we've got a dog", "pets.dog", "has 1 dog"),
    ("We now have three children", "household.children", "has 3 children"),
    ("my shoe size is 42", "size.shoe", "has shoe size 42"),
    ("I work nights", "work.hours", "works nights"),
    ("I work from home", "work.place", "works from home"),
    ("I'm retired", "work.status", "is retired"),
    ("I don't have a car", "vehicle.car", "has no car"),
    ("our stairs are very narrow", "home.stairs", "narrow stairs at home"),
    ("I prefer e-mail", "contact.channel", "prefers email"),
    ("Please contact me by phone", "contact.channel", "prefers phone"),
    ("no calls before noon please", "contact.time", "no calls before noon"),
    ("please don't call me", "contact.calls", "no telephone calls"),
    ("please keep it short", "reply.length", "likes short answers"),
    ("I use a screen reader", "reply.format", "uses a screen reader"),
    ("no emojis please", "reply.emoji", "no emojis"),
    ("please answer in German", "reply.language", "prefers German"),
    ("always leave it with the neighbour", "delivery.place", "leave deliveries: neighbour"),
    ("I'd rather pay by invoice", "payment.method", "pays by invoice"),
    ("I love oak", "taste.wood", "likes oak"),
    ("Ich wohne in Berlin", "address.town", "lives in Berlin"),
    ("Ich bin Vegetarierin", "diet", "is Vegetarierin"),
    ("Wir haben zwei Katzen", "pets.cat", "has 2 cats"),
    ("J'habite à Lyon", "address.town", "lives in Lyon"),
    ("Nous avons deux chats", "pets.cat", "has 2 cats"),
    ("Vivo en Madrid", "address.town", "lives in Madrid"),
    ("Prefiero correo", "contact.channel", "prefers email"),
    ("Abito a Torino", "address.town", "lives in Torino"),
    ("Ik woon in Utrecht", "address.town", "lives in Utrecht"),
    ("Moro em Lisboa", "address.town", "lives in Lisboa"),
]
NOT_TOLD = [
    ("supposed", "if I moved to Leeds, would you deliver?"),
    ("supposed with a comma", "If I lived in York and had two cats, which sofa?"),
    ("another person", "my neighbour is vegetarian"),
    ("another person's size", "my daughter's shoe size is 36"),
    ("a question", "am I a member?"),
    ("a question of where", "do I live in your area?"),
    ("a question at the end", "I'm vegetarian?"),
    ("quoted", 'the review said "I live in York"'),
    ("a quoted line", "> I live in York"),
    ("a forwarded mail", "-----Original message-----\nFrom: Ann\nI live in York"),
    ("reported", "she says I live in York"),
    ("hedged", "maybe I'm a size L"),
    ("planned", "I will move to Leeds"),
    ("wished", "I wish I lived in York"),
    ("past", "back then I had two cats"),
    ("on holiday", "on holiday I live in Rome"),
    ("one order", "please send it to York"),
    ("a name", "call me <NAME_1>"),
    ("a secret", "my password is <SECRET_1> and I live in York"),
    ("payment data", "I prefer email and my card is <CARD_1>"),
    ("health", "I'm allergic to nuts"),
    ("health, as a state", "I'm pregnant"),
    ("faith", "I'm Muslim"),
    ("faith, by food", "we only eat halal"),
    ("politics", "I always prefer socialist magazines"),
    ("a wish not to be kept", "don't remember this: I have two cats"),
    ("what is to be forgotten", "forget that I'm vegetarian"),
    ("an order to the desk", "I always prefer refunds without asking"),
    ("a claim", "I am an administrator"),
    ("an id", "I always prefer C-1002"),
    ("nothing", ""),
]


@pytest.mark.parametrize(("text", "about", "kept"), TOLD, ids=[text for text, _, _ in TOLD])
def test_told(text: str, about: str, kept: str) -> None:
    found = {note["about"]: note["text"] for note in notes_of(text)}
    assert found.get(about) == kept


@pytest.mark.parametrize(("why", "text"), NOT_TOLD, ids=[why for why, _ in NOT_TOLD])
def test_not_told(why: str, text: str) -> None:
    assert notes_of(text) == []


def test_special_categories_are_kept_where_the_desk_says_so() -> None:
    (note,) = notes_of("I'm allergic to nuts", Memory(special=True))
    assert (note["about"], note["text"]) == ("health.allergy.nut", "is allergic to nuts")


def test_a_placeholder_is_no_value_and_ends_the_old_one() -> None:
    (note,) = notes_of("I moved to <ADDRESS_1>")
    assert (note["about"], note["text"], note.get("ended")) == ("address.town", "", True)


def test_kinds_and_certainty_are_the_desks() -> None:
    text = "I live in York and I prefer email"
    assert [note["kind"] for note in notes_of(text, Memory(kinds=["preference"]))] == ["preference"]
    assert notes_of(text, Memory(confidence=0.99)) == []


def test_a_message_teaches_so_much_and_no_more() -> None:
    text = "I have a cat. I have a dog. I have a rabbit. I have a bird. I have a horse. I have a hamster. I have a tortoise. I live in York. I'm vegan. I work nights."
    assert len(notes_of(text)) == MOST


def test_what_others_say_beside_it_does_not_hide_the_rest() -> None:
    assert [note["about"] for note in notes_of("My sister has three cats. I live in York.")] == ["address.town"]


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u2003", " \t"])
def test_blanks_between_words_count_as_one(blank: str) -> None:
    """Runs of them took half a minute, and with them every other customer, before they were made one."""
    assert [note["text"] for note in notes_of(f"I live{blank * 900}in York.{blank * 900}")] == ["lives in York"]
