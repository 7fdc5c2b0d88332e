"""Which wordings have the same answer, and in what the others differ."""

from __future__ import annotations

import pytest

from frontdesk.nodes.cached.plain import normal
from frontdesk.nodes.cached.shape import Shape, difference, shape_of, unknown

ALIKE = {
    "cost": ("how much is delivery?", "what does delivery cost"),
    "cost of": ("what is the price of delivery", "delivery cost"),
    "duration": ("how long does delivery take", "how fast is delivery"),
    "politeness": ("could you tell me how long the warranty is please", "How long is the warranty?"),
    "indirect": ("could you tell me whether the warranty covers lamps", "does the warranty covers lamps"),
    "synonym": ("is a couch covered by the guarantee", "is a sofa covered by the warranty"),
    "duty": ("do I have to register", "must I register"),
    "we": ("can we choose the day", "can I choose the day"),
    "order of two": ("how much is sofa delivery", "how much is delivery of a sofa"),
    "number word": ("is there a discount for 12 chairs", "is there a discount for twelve chairs"),
    "would it be": ("how much would assembly be", "how much is assembly"),
}
DIFFERENT = {
    "digits": ("number", "can I return it in 14 days", "can I return it in 30 days"),
    "unit": ("number", "is it 10 euros", "is it 10 percent"),
    "amount": ("number", "can I use two codes", "can I use all codes"),
    "not": ("negation", "does it cover lamps", "does it not cover lamps"),
    "without": ("negation", "can I return it with the box", "can I return it without the box"),
    "negated verb": ("negation", "can I return lamps", "can't I return lamps"),
    "day": ("time", "do you deliver on monday", "do you deliver on sunday"),
    "before": ("time", "can I pay before delivery", "can I pay after delivery"),
    "who": ("person", "can I collect the sofa", "can they collect the sofa"),
    "you": ("person", "do you assemble beds", "do I assemble beds"),
    "kind": ("kind", "when do you deliver", "where do you deliver"),
    "cost or time": ("kind", "how much is delivery", "how long is delivery"),
    "earliest or last": ("kind", "how soon can I return a sofa", "how long can I return a sofa"),
    "pace or span": ("kind", "how fast do you refund lamps", "how long do you refund lamps"),
    "takes or lasts": ("kind", "how long does assembly take", "how long is assembly"),
    "whether": ("kind", "does delivery cost anything", "what does delivery cost anything"),
    "modal": ("modality", "can I register", "must I register"),
    "direction": ("relation", "do you ship to Cork", "do you ship from Cork"),
    "product": ("subject", "how long is the warranty on lamps", "how long is the warranty on beds"),
    "antonym": ("subject", "when do you open the shop", "when do you close the shop"),
    "prefix": ("subject", "is the lamp available", "is the lamp unavailable"),
    "plural": ("subject", "can I use a code", "can I use codes"),
    "one word more": ("subject", "is the lamp covered", "is the broken lamp covered"),
    "swapped": ("order", "can I exchange a bed for a sofa", "can I exchange a sofa for a bed"),
    "compound": ("order", "how much is a table lamp", "how much is a lamp table"),
    "compared": ("order", "is a chair better for a desk", "is a desk better for a chair"),
    "scope of not": ("order", "is the lamp not the bed covered", "is the bed not the lamp covered"),
    "capital": ("person", "do you ship to us", "do you ship to the US"),
}


def shape(text: str) -> Shape:
    return shape_of(normal(text))


@pytest.mark.parametrize("pair", ALIKE.values(), ids=ALIKE.keys())
def test_wordings_of_one_question_do_not_differ(pair: tuple[str, str]) -> None:
    assert difference(shape(pair[0]), shape(pair[1])) == ""


@pytest.mark.parametrize(("code", "one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_questions_that_look_alike_differ_both_ways_round(code: str, one: str, other: str) -> None:
    assert difference(shape(one), shape(other)) == difference(shape(other), shape(one)) == code


@pytest.mark.parametrize("text", ["how long?", "how much is it", "can I", "do you have that"])
def test_a_question_without_a_subject_is_like_no_other(text: str) -> None:
    assert difference(shape(text), shape(text)) in {"", "subject"}
    if not shape(text).subject:
        assert difference(shape(text), shape(text)) == "subject"


def test_a_shape_survives_its_way_through_a_store() -> None:
    one = shape("can I return 2 lamps without the box on monday?")
    assert Shape.loads(one.dumps()) == one


@pytest.mark.parametrize("text", ["", "[]", '{"kinds": 1}', '{"other": []}'])
def test_a_broken_shape_is_an_error_of_a_known_kind(text: str) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        Shape.loads(text)


def test_only_words_that_neither_we_nor_the_desk_know_are_unknown() -> None:
    known = frozenset({"lamp", "warranty"})
    assert unknown(normal("Could you tell me how long the warranty on Hildegard's lamp is?"), known) == {"hildegard"}
