"""A scrubber that masks what a pattern finds, so that the steps are tested and not the detectors."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from frontdesk.graph.deps import Finding, Scrubbed
from frontdesk.graph.state import Passage
from frontdesk.nodes.review.draft import Facts

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,8}")
_CARD = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")


class PatternScrubber:
    """Finds e-mail addresses, spaced card numbers and known values."""

    heavy = False

    def named(self, label: str, value: str, known: Mapping[str, str]) -> Scrubbed:
        """Mask a whole value."""
        return Scrubbed(f"<{label}_9>", (), {f"<{label}_9>": value})

    def scrub(self, text: str, known: Mapping[str, str]) -> Scrubbed:
        """Mask ``text``; a known value gets its own placeholder back."""
        findings = [
            Finding(match.start(), match.end(), label, 1.0, "pattern")
            for label, pattern in (("EMAIL", _MAIL), ("CARD", _CARD))
            for match in pattern.finditer(text)
        ]
        for value in known.values():
            findings += [
                Finding(match.start(), match.end(), "NAME", 1.0, "known")
                for match in re.finditer(re.escape(value), text)
                if not any(found.start <= match.start() < found.end for found in findings)
            ]
        back = {value: placeholder for placeholder, value in known.items()}
        masked = text
        for found in sorted(findings, key=lambda one: -one.start):
            value = text[found.start : found.end]
            masked = masked[: found.start] + back.get(value, f"<{found.label}_9>") + masked[found.end :]
        return Scrubbed(masked, tuple(findings), {})


def passage(page: str, text: str, title: str = "") -> Passage:
    """Return a passage of a page; an empty page id makes it evidence that cannot be cited."""
    return Passage(page=page, title=title, url="", text=text, score=1.0)


@pytest.fixture
def scrubber() -> PatternScrubber:
    """The double."""
    return PatternScrubber()


@pytest.fixture
def facts(scrubber: PatternScrubber) -> Callable[..., Facts]:
    """Make facts: ``facts({"returns": "text of the page"}, known={"<EMAIL_1>": "a@b.de"})``."""

    def make(pages: Mapping[str, str] | None = None, known: Mapping[str, str] | None = None, said: str = "") -> Facts:
        passages = [passage(page, text) for page, text in (pages or {}).items()]
        return Facts([*passages, passage("", said)] if said else passages, known or {}, scrubber)

    return make
