"""Values that a customer sends in several messages: found in the joined text, and masked in each part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from frontdesk.graph.protocols import Scrubber
from frontdesk.graph.values import Finding
from frontdesk.nodes.scrub.tail import NOISE, Part, Piece, Tail
from frontdesk.nodes.scrub.view import View

_NUMBER_CUE = re.compile(
    r"\b(?:number|num|no|card|phone|mobile|account|iban|id|digits|nummer|karte|telefon|konto|num[ée]ro|n[úu]mero|carte"
    r"|tarjeta|carta|cart[ãa]o|kaart|compte|cuenta|conto|conta|rekening|starts with|begins with|it'?s)"
    r"\b[^\d\n]{0,16}\Z",
    re.IGNORECASE,
)
_ORDER = re.compile(r"order|bestell|commande|pedido|ordine|encomenda", re.IGNORECASE)
_SIGN = r"(?:@|\b(?:at|ät|aet|arobase|arroba|chiocciola|apenstaartje|klammeraffe)\b)"
_AT_END = re.compile(rf"{_SIGN}[\w.-]*(?:\s+\S+)?\s*\Z", re.IGNORECASE)
_AT_START = re.compile(rf"(?:\S+\s+)?[\w.-]*{_SIGN}", re.IGNORECASE)
_DOT = re.compile(r"\.[^\W\d]{2}|\b(?:dot|punkt|point|punto|ponto|punt)\b|^\s*@\s*\Z", re.IGNORECASE)
_HALF = re.compile(r"[@\d._-]\S|@")
_MAIL = re.compile(r"mail|correo|courriel|posta", re.IGNORECASE)
_GLUE = tuple("-._/@+")
"""Signs that a value may be cut at without a space."""
_SURE = 0.85
_WHOLE = 9
"""Digits from which a value of a known kind is whole: then the next message's number is another thing."""
_FEWEST = 7
"""Digits that make a long number, as in ``detectors/number.py``."""
_SHORTEST_PIECE = 3
"""Digits of a message in a number that nothing but its length makes one: "2" and "42" answer a question."""
_CHECKED = ("CARD", "IBAN", "NATIONAL_ID")
_ANNOUNCED = ("SECRET", "DOB", "PASSPORT", "LICENCE", "NATIONAL_ID")
"""Labels that a word gives to the number after it, so that the word may stand in the message before."""
_CUE_WORDS = 6
_FRONT = 256
"""Characters of the new message that are looked at: what goes on, goes on at its beginning."""
_CUE = re.compile(
    r"\b(?:pin|cvv2?|cvc2?|csc|otp|tan|puk|pass\w*|kennwort|contrase[ñn]a|wachtwoord|senha|\w{0,12}code|c[oó]di\w+"
    r"|birth\w*|born|dob|geb\w*|n[ée]e?|naissance|na[cs]\w*|reisepass\w*|\w{0,8}licen[cs]e|f[üu]hrerschein|permis\w*"
    r"|patente|rijbewijs|ssn|social|insurance|tax|\w{0,10}nummer|\w{0,8}steuer\w*|dni|nif|bsn|cpf|fiscale?|id|nhs"
    r"|nino|secret|key|token|identi\w+|number|n[uú]mero)\b",
    re.IGNORECASE,
)


def split_values(text: str, before: Sequence[Tail], scrubber: Scrubber) -> list[Part]:
    """Find what continues in a new message.

    Args:
        text: The new message, not masked.
        before: Ends of the messages before it, oldest first.
        scrubber: Searches the joined text.

    Returns:
        The parts, in any order, of one value that reaches from earlier messages into this one; those behind
        placeholders are left out. A number goes on at the beginning of this message where the one before stopped:
        check digits prove it, or all these messages say nothing but digits. Two orders are two numbers.
    """
    new = Piece(text[:_FRONT])
    if not before or not new.core:
        return []
    parts: list[Part] = []
    if new.runs and new.runs[0].tokens[0].start <= 2:
        pieces = [piece for piece in (Piece(tail.text, tail) for tail in before) if _adds(piece)]
        parts = _number(Joined([*pieces, new]), scrubber) if pieces else []
    if not parts and View(text).numeric and _CUE.search(before[-1].text):
        parts = _announced(Joined([Piece(before[-1].text, before[-1], whole=True), new]), scrubber)
    if not parts and _may_be_address(text, before[-1].text):
        parts = _address(Joined([*(Piece(tail.text, tail) for tail in before), new]), scrubber)
    return parts


def _adds(piece: Piece) -> bool:
    """Whether a message may hold a part of a number; "one second" holds none, the letters of a bank's account do."""
    digits = any(token.plain for run in piece.runs for token in run.tokens)
    return digits or piece.size >= _SHORTEST_PIECE or (piece.core.isupper() and 2 < len(piece.core) <= 6)


def _may_be_address(text: str, before: str) -> bool:
    return _DOT.search(text) is not None and bool(_AT_START.match(text) or _AT_END.search(before))


class Joined:
    """Messages in a row, the new one last."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Join the pieces' cores, with a space where no sign joins them."""
        self.pieces = pieces
        self.text = ""
        self.starts: list[int] = []
        for piece in pieces:
            glued = not self.text or self.text.endswith(_GLUE) or piece.core.startswith(_GLUE)
            self.text += "" if glued else " "
            self.starts.append(len(self.text))
            self.text += piece.core

    @property
    def border(self) -> int:
        """Where the new message begins."""
        return self.starts[-1]

    def findings(self, scrubber: Scrubber) -> Iterator[Finding]:
        """Yield what is found at the beginning of the new message, or reaches into it."""
        for item in scrubber.scrub(self.text, {}).findings:
            if item.start <= self.border + 2 and self.border < item.end:
                yield item

    def shares(self, finding: Finding) -> Iterator[tuple[Piece, int, int]]:
        """Yield every piece that a finding reaches over, with the finding's offsets in the piece's core."""
        for piece, at in zip(self.pieces, self.starts, strict=True):
            start, end = max(finding.start - at, 0), min(finding.end - at, len(piece.core))
            if start < end:
                yield piece, start, end

    def parts(self, finding: Finding) -> list[Part]:
        """Return what of a finding is not masked so far."""
        found: list[Part] = []
        for piece, start, end in self.shares(finding):
            # Of digits and nothing else, no rest stays: the check may have passed before the number's end.
            end = max(end, piece.runs[0].tokens[-1].end) if piece.bare else end
            found += piece.parts(start, end, finding.label)
        return found


def _number(joined: Joined, scrubber: Scrubber) -> list[Part]:
    last = joined.pieces[-2].tail
    if last is None:
        return []
    for finding in joined.findings(scrubber):
        if finding.start >= joined.border or finding.label in ("EMAIL", "NAME", "ADDRESS"):
            continue
        checked = finding.score >= _SURE and finding.label in _CHECKED
        if checked or (not _whole(last) and _continued(joined, finding)):
            return joined.parts(finding)
    return []


def _whole(tail: Tail) -> bool:
    return tail.label not in ("", "NUMBER") and sum(map(str.isdigit, tail.text)) >= _WHOLE


def _continued(joined: Joined, finding: Finding) -> bool:
    """Whether the messages with a share in a number of no known kind say nothing else."""
    (first, start, _), *others = joined.shares(finding)
    cue = _NUMBER_CUE.search(first.core[:start]) is not None or finding.score >= _SURE
    cue = cue or (len(others) > 1 and all(piece.goes_on for piece, _, _ in others))
    if not first.bare and (not cue or _ORDER.search(first.core[:start])):
        return False
    # In a number of no known kind every part has some digits; a telephone's are in pairs as well.
    dialled = finding.score >= _SURE or joined.text[finding.start] in "0+"
    shortest = _SHORTEST_PIECE - dialled
    if not all(piece.bare and (piece.size >= shortest or piece.goes_on) for piece, _, _ in others):
        return False
    return sum(len(run.digits) for run in View(joined.text[finding.start : finding.end]).runs) >= _FEWEST


def _announced(joined: Joined, scrubber: Scrubber) -> list[Part]:
    if len(joined.pieces[0].core.split()) > _CUE_WORDS:
        return []
    for finding in joined.findings(scrubber):
        if finding.label in _ANNOUNCED and finding.score >= _SURE and finding.start >= joined.border:
            return joined.parts(finding)
    return []


def _address(joined: Joined, scrubber: Scrubber) -> list[Part]:
    for finding in joined.findings(scrubber):
        if finding.label == "EMAIL" and finding.start < joined.border and _begins_one(joined.pieces[-2]):
            return joined.parts(finding)
    return []


def _begins_one(piece: Piece) -> bool:
    """Whether a message ends in half an address, rather than in a word that happened to stand there."""
    words = piece.core.split()
    last = words[-1].strip(NOISE.replace(".", "")) if words else ""
    return _HALF.search(last) is not None or len(words) <= 3 or _MAIL.search(piece.core) is not None
