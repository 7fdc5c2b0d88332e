import pytest

from frontdesk.nodes.decide.answers import bare_answer, is_drop


@pytest.mark.parametrize(
    "text",
    [
        "yes", "Yes.", "YES!!", "y", "yes please", "ok", "okay, go ahead", "sure, please do", "go ahead", "please do it",
        "yep that's right", "correct", "ja bitte", "yes, do it", "sounds good", "yes that is fine", "oui", "sí", "ok thanks", "yes 👍", "Yes, go ahead – thanks!", "yes, works for me", "sure, thank you very much",
    ],
)  # fmt: skip
def test_yes(text: str) -> None:
    assert bare_answer(text) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Ja, gerne", "na klar", "in Ordnung", "oui merci", "oui, s'il vous plaît", "bien sûr", "sí, por favor", "claro que sí",
        "Sì", "sì grazie", "va bene", "ja graag", "akkoord", "sim, por favor", "com certeza, obrigada",
    ],
)  # fmt: skip
def test_yes_in_the_languages_of_the_texts(text: str) -> None:
    assert bare_answer(text) == "yes"


@pytest.mark.parametrize(
    "text", ["no", "No!", "nope", "no thanks", "don't", "please don't", "no, don't do it", "stop", "not now", "nein danke", "wrong", "no, leave it", "no never mind", "no, keep it", "No, keep everything as it is please", "rather not, thanks"]
)  # fmt: skip
def test_no(text: str) -> None:
    assert bare_answer(text) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "nein danke", "lass es", "non merci", "laisse tomber", "no gracias", "déjalo", "no, grazie", "lascia perdere",
        "nee dank je", "laat maar", "não, obrigado", "agora não",
    ],
)  # fmt: skip
def test_no_in_the_languages_of_the_texts(text: str) -> None:
    assert bare_answer(text) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "yes but to number 12",  # a correction
        "yes and cancel the other one too",  # more than a yes
        "no, number 12, not 21", "yes no", "is that a yes?", "where is my order?", "is it correct that I pay for it",
        "ok what about the refund", "yesterday", "I said yes to my bank", "do it for order 10482", "right now I live in Bristol",
        "yes?", "ok, is that all?", "ok is that it", "right, is that correct?", "yes 👎", "ok ❌", "yes 😡", "great", "thanks",
        "yes 2", "I do not", "no?", "yes or no",
        "no, va bene", "ja nein", "oui mais non", "sí pero no", "grazie", "ja, aber nicht 10377", "good morning", "stop asking and give me a human", "<EMAIL_1>",
    ],
)  # fmt: skip
def test_neither(text: str) -> None:
    assert bare_answer(text) == ""


@pytest.mark.parametrize(
    "text", ["never mind", "Nevermind!", "forget it", "oh forget about it please", "leave it", "drop it"]
)
def test_drop(text: str) -> None:
    assert is_drop(text)


@pytest.mark.parametrize(
    "text", ["forget it, I want to return it instead", "never", "leave it at the door", "drop it off at the shop"]
)
def test_not_drop(text: str) -> None:
    assert not is_drop(text)
