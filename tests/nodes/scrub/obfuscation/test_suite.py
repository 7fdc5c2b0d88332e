"""The obfuscation suite: floors for what is masked however it is written, and for what must stay as it is."""

from __future__ import annotations

from collections import Counter, defaultdict

from frontdesk.nodes.scrub.registry import registered
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from tests.nodes.scrub.obfuscation import generated, turns, written
from tests.nodes.scrub.obfuscation.cases import Case
from tests.nodes.scrub.obfuscation.harmless import TEXTS, TURNS

FLOOR = 0.98
"""Share of all cases."""
LEAST = 0.9
"""Share of each disguise that at least ten cases show, and of each kind."""
ALTERED = 0.01
"""Share of the look-alikes that may be altered."""


def missed(cases: list[Case], scrubber: PersonalDataScrubber) -> list[Case]:
    return [case for case in cases if not case.masked(scrubber.scrub(case.text, {}).findings)]


def told(names: list[str], total: int) -> str:
    return f"{len(names)} of {total} are not masked:\n" + "\n".join(names)


def weak(total: Counter[str], bad: Counter[str], enough: int) -> dict[str, str]:
    """Those below the floor, with how many were missed."""
    return {
        name: f"{bad[name]} of {count}"
        for name, count in total.items()
        if count >= enough and bad[name] > (1 - LEAST) * count
    }


def test_the_suite_is_large_and_says_nothing_twice() -> None:
    cases = [*generated.cases(), *written.cases()]
    talks = list(turns.cases())
    assert len({case.text for case in cases}) >= 1_500
    assert len({case.text for case in written.cases()}) >= 200
    assert len(set(talks)) >= 60
    assert len(set(TEXTS)) >= 200
    assert {kind for kind, _ in talks} | {case.kind for case in cases} >= {
        "card", "iban", "phone", "email", "national id", "secret", "ip", "birth", "passport", "address", "name",
    }  # fmt: skip


def test_values_in_disguise_are_masked(scrubber: PersonalDataScrubber) -> None:
    cases = list(generated.cases())
    bad = missed(cases, scrubber)
    assert len(bad) <= (1 - FLOOR) * len(cases), told([case.name for case in bad], len(cases))
    total, lost = (Counter(case.disguise for case in group) for group in (cases, bad))
    assert weak(total, lost, 1) == {}, told([case.name for case in bad], len(cases))


def test_values_as_people_write_them_are_masked(scrubber: PersonalDataScrubber) -> None:
    cases = written.cases()
    bad = missed(cases, scrubber)
    assert len(bad) <= (1 - FLOOR) * len(cases), told([case.name for case in bad], len(cases))
    for group in ("kind", "disguise"):
        total, lost = (Counter(getattr(case, group) for case in some) for some in (cases, bad))
        assert weak(total, lost, 10) == {}, told([case.name for case in bad], len(cases))


def test_values_over_turns_are_masked(scrubber: PersonalDataScrubber) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    talks = list(turns.cases())
    for kind, messages in talks:
        masked = turns.said(messages, scrubber)
        if turns.left(messages, masked) > 1 - LEAST:
            found[kind].append(f"{kind}: {messages} -> {masked}")
    names = [name for group in found.values() for name in group]
    assert len(names) <= (1 - FLOOR) * len(talks), told(names, len(talks))


def test_look_alikes_are_left_alone_by_rules() -> None:
    rules = PersonalDataScrubber({name: item for name, item in registered().items() if name != "sequence"})
    altered = [(text, masked) for text in TEXTS if (masked := rules.scrub(text, {}).text) != text]
    assert len(altered) <= ALTERED * len(TEXTS), altered


def test_look_alikes_are_left_alone(scrubber: PersonalDataScrubber) -> None:
    altered = [(text, masked) for text in TEXTS if (masked := scrubber.scrub(text, {}).text) != text]
    assert len(altered) <= ALTERED * len(TEXTS), altered


def test_ordinary_talk_over_turns_is_left_alone(scrubber: PersonalDataScrubber) -> None:
    altered = [(talk, masked) for talk in TURNS if (masked := turns.said(talk, scrubber)) != list(talk)]
    assert len(altered) <= ALTERED * len(TURNS), altered
