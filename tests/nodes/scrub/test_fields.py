"""A contract's output says which fields are personal; they are masked whatever they look like."""

from __future__ import annotations

import json
from typing import Any

import pytest

from frontdesk.nodes.scrub.fields import mapped, masked_result
from frontdesk.nodes.scrub.placeholders import FOREIGN, is_foreign
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.tools.personal import labels_in

NAME, ADDRESS = {"x-personal": "NAME"}, {"x-personal": "ADDRESS"}


def obj(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields}


@pytest.mark.parametrize(
    ("word", "schema", "value", "expected"),
    [
        ("a field", obj(name=NAME), {"name": "Will", "id": "Will"}, {"name": "NAME(Will)", "id": "Will"}),
        ("nested", obj(who=obj(name=NAME)), {"who": {"name": "Will"}}, {"who": {"name": "NAME(Will)"}}),
        ("in a list", obj(all={"items": obj(name=NAME)}), {"all": [{"name": "A"}, {"name": "B"}]},
         {"all": [{"name": "NAME(A)"}, {"name": "NAME(B)"}]}),
        ("a list of texts", obj(names={"items": NAME}), {"names": ["A", "B"]}, {"names": ["NAME(A)", "NAME(B)"]}),
        ("a tuple", obj(pair={"prefixItems": [{}, NAME]}), {"pair": ["A", "B"]}, {"pair": ["A", "NAME(B)"]}),
        ("a whole object", obj(home=ADDRESS), {"home": {"street": "Elm Road", "no": 5}},
         {"home": {"street": "ADDRESS(Elm Road)", "no": "ADDRESS(5)"}}),
        ("its own label first", obj(home={**ADDRESS, **obj(name=NAME)}), {"home": {"name": "A", "zip": "1"}},
         {"home": {"name": "NAME(A)", "zip": "ADDRESS(1)"}}),
        ("any other field", {"additionalProperties": NAME}, {"x": "A"}, {"x": "NAME(A)"}),
        ("a reference", {"$defs": {"n": NAME}, **obj(name={"$ref": "#/$defs/n"})}, {"name": "A"}, {"name": "NAME(A)"}),
        ("a branch", obj(name={"anyOf": [{"type": "null"}, NAME]}), {"name": "A"}, {"name": "NAME(A)"}),
        ("a circle", {"$defs": {"n": {"allOf": [{"$ref": "#/$defs/n"}, NAME]}}, **obj(name={"$ref": "#/$defs/n"})},
         {"name": "A"}, {"name": "NAME(A)"}),
        ("a tree", {"x": 1, **obj(name=NAME, below={"items": {"$ref": "#"}})}, {"below": [{"below": [{"name": "A"}]}]},
         {"below": [{"below": [{"name": "NAME(A)"}]}]}),
        ("nothing there", obj(name=NAME), {"name": None, "other": ""}, {"name": None, "other": ""}),
        ("empty and yes or no", obj(name=NAME, met=NAME), {"name": " ", "met": True}, {"name": " ", "met": True}),
        ("no schema", {}, {"name": "A"}, {"name": "A"}),
        ("a schema that is true", True, {"name": "A"}, {"name": "A"}),
    ],
)  # fmt: skip
def test_personal_fields_are_replaced(word: str, schema: Any, value: Any, expected: Any) -> None:
    assert mapped(value, schema, lambda label, text: f"{label}({text})") == expected, word


def test_a_bare_name_becomes_a_placeholder_and_the_rest_is_searched(scrubber: PersonalDataScrubber) -> None:
    schema = obj(first=NAME, last=NAME, orders={"items": obj(note={})})
    record = {"first": "Rose", "last": "Will", "orders": [{"note": "mail jo@mail.example"}, {"note": "a rose"}]}
    found = masked_result(json.dumps(record), schema, scrubber, {"<NAME_1>": "Rose"})
    assert json.loads(found.text) == {
        "first": "<NAME_1>", "last": "<NAME_2>", "orders": [{"note": "mail <EMAIL_1>"}, {"note": "a rose"}],
    }  # fmt: skip
    assert found.values == {"<NAME_2>": "Will", "<EMAIL_1>": FOREIGN + "jo@mail.example"}


@pytest.mark.parametrize(
    ("word", "record", "own"),
    [
        ("a labelled field", {"mail": "jo@mail.example"}, True),
        ("the same elsewhere, too", {"mail": "jo@mail.example", "note": "see jo@mail.example"}, True),
        ("a sentence", {"note": "write to jo@mail.example"}, False),
        ("all of a field that nobody labelled", {"note": "jo@mail.example"}, False),
        ("a telephone number in a sentence", {"note": "call +49 171 2345678 today"}, False),
        ("a line of the customer's own address", {"note": "17 Willow Crescent"}, True),
    ],
)
def test_what_the_contract_answers_for(
    scrubber: PersonalDataScrubber, word: str, record: dict[str, str], own: bool
) -> None:
    schema = obj(mail={"x-personal": "EMAIL"}, note={})
    known = {"<ADDRESS_1>": "17 Willow Crescent, Dublin D01 X2C3"}
    found = masked_result(json.dumps(record), schema, scrubber, known)
    assert [is_foreign(value) for value in found.values.values()] in ([not own], [] if own else [True]), word


def test_what_others_wrote_keeps_its_placeholder_and_the_customer_gets_one_of_their_own(
    scrubber: PersonalDataScrubber,
) -> None:
    first = masked_result('{"note": "write to jo@mail.example"}', obj(note={}), scrubber, {})
    again = masked_result('{"note": "or to jo@mail.example"}', obj(note={}), scrubber, first.values)
    said = scrubber.scrub("I am jo@mail.example", first.values)
    assert (json.loads(again.text), dict(again.values)) == ({"note": "or to <EMAIL_1>"}, {})
    assert (said.text, dict(said.values)) == ("I am <EMAIL_2>", {"<EMAIL_2>": "jo@mail.example"})


@pytest.mark.parametrize(
    ("note", "own"),
    [("98765432109876", True), ("the number is 98765432109876", False)],
    ids=["all of a field", "in a sentence"],
)
def test_a_number_of_no_known_kind(scrubber: PersonalDataScrubber, note: str, own: bool) -> None:
    found = masked_result(json.dumps({"parcel": note}), obj(parcel={}), scrubber, {})
    assert [is_foreign(value) for key, value in found.values.items() if key.startswith("<NUMBER")] in ([not own], [])


def test_a_placeholder_that_a_record_spells_stands_for_nothing(scrubber: PersonalDataScrubber) -> None:
    known = {"<EMAIL_1>": "jo@mail.example"}
    written = {"note": "to <EMAIL_1>", "name": "<EMAIL_1>", "\\[EMAIL_1\\]": "EMAIL_1"}
    found = masked_result(json.dumps(written), obj(name=NAME), scrubber, known)
    shown = json.loads(found.text)
    assert shown["name"] == "<NAME_1>"
    assert "EMAIL_1" not in found.text
    assert "EMAIL_1" not in found.values["<NAME_1>"]


def test_declared_names_of_fields_stay_and_a_masked_number_is_quoted(scrubber: PersonalDataScrubber) -> None:
    schema = obj(Kvalheim={}, all={"items": obj(Kvalheim={})}, phone={})
    known = {"<NAME_1>": "Jo Kvalheim", "<NAME_2>": "Imogen"}
    record = {"Kvalheim": 1, "Imogen": 2, "all": [{"Kvalheim": "see Jo Kvalheim"}], "phone": 447700900042123}
    shown = json.loads(masked_result(json.dumps(record), schema, scrubber, known).text)
    assert list(shown) == ["Kvalheim", "<NAME_2>", "all", "phone"]
    assert shown["all"] == [{"Kvalheim": "see <NAME_1>"}]
    assert isinstance(shown["phone"], str)
    assert shown["phone"].startswith("<")


def test_what_is_no_json_is_searched_as_text(scrubber: PersonalDataScrubber) -> None:
    found = masked_result("mail jo@mail.example, <EMAIL_7>", obj(name=NAME), scrubber, {})
    assert found.text == "mail <EMAIL_1>, ‹EMAIL·7›"


def test_labels_are_gathered_wherever_they_stand() -> None:
    assert labels_in(obj(a=NAME, b={"items": {"anyOf": [ADDRESS]}})) == {"NAME", "ADDRESS"}
    assert labels_in({"type": "object"}) == set()


def test_what_is_nobodys_stays_readable(scrubber: PersonalDataScrubber) -> None:
    product = "Mr Daniel Whitmore armchair"
    searched = masked_result(json.dumps({"item": product}), obj(item={"type": "string"}), scrubber, {})
    assert "Whitmore" not in searched.text
    public = masked_result(
        json.dumps({"item": product, "note": "for Mr Daniel Whitmore"}), obj(item={"x-public": True}), scrubber, {}
    )
    assert json.loads(public.text)["item"] == product
    assert "Whitmore" not in json.loads(public.text)["note"]
