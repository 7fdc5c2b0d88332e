"""What a PDF page shows of its text: invisible, white and tiny text is drawn for machines only."""

from __future__ import annotations

from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DecodedStreamObject, NameObject

from frontdesk.knowledge.documents import UnreadableError

SMALLEST = 3.0
"""Points below which nobody reads."""
_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_INVISIBLE = {3, 7}
"""Text rendering modes that draw nothing (ISO 32000-1, 9.3.6)."""
_WHITE = 0.95
"""Of each colour, from which ink on white paper is not seen."""
MOST_OPERATIONS = 1_000_000
"""Of all sheets and forms together; a full sheet of text has about 1,000."""
MOST_BYTES = 50_000_000
"""Of what they are drawn by, unpacked."""


class _Pen:
    """The part of the graphics state that says whether text is seen."""

    def __init__(self) -> None:
        self.mode, self.white, self.size, self.scale = 0, False, 12.0, 1.0

    def copy(self) -> _Pen:
        pen = _Pen()
        pen.mode, pen.white, pen.size, pen.scale = self.mode, self.white, self.size, self.scale
        return pen

    @property
    def hides(self) -> bool:
        return self.mode in _INVISIBLE or self.white or abs(self.size * self.scale) < SMALLEST

    def turn(self, operator: bytes, operands: Any) -> None:
        values = [float(value) for value in operands if isinstance(value, int | float)]
        if operator == b"Tr" and values:
            self.mode = int(values[0])
        elif operator == b"Tf" and values:
            self.size = values[-1]
        elif operator == b"BT":
            self.scale = 1.0
        elif operator == b"Tm" and len(values) == 6:
            self.scale = abs(values[0] * values[3] - values[1] * values[2]) ** 0.5
        elif operator in {b"g", b"rg", b"sc", b"scn"} and values:
            self.white = min(values) >= _WHITE
        elif operator == b"k" and values:
            self.white = max(values) <= 1 - _WHITE


class Ink:
    """Looks through the sheets of one document, and once at each of its forms, by whatever names they are drawn."""

    def __init__(self, reader: PdfReader, operations: int = MOST_OPERATIONS) -> None:
        """Take the document, and how many operations it may have."""
        self._reader, self._most = reader, operations
        self._clean: dict[int, Any] = {}
        """By the identity of a form, which the reader keeps: itself, or what is drawn instead."""
        self._seen: list[Any] = []
        """What the identities are of: they must outlive it."""
        self._bytes = self._operations = 0

    def visible_content(self, page: Any) -> tuple[ContentStream | None, int]:
        """Return a page's content without text that is not seen, and how many pieces were taken out.

        Forms that the page draws are treated likewise, in place. White text on a dark ground is taken out, too: a page
        that has some says so in its report, and somebody looks.

        Raises:
            UnreadableError: The document draws more than any for people does.
        """
        content = page.get_contents()
        if content is None:
            return None, 0
        taken = self._forms(page.get("/Resources"))
        return content, taken + self._sifted(content)

    def _sifted(self, content: ContentStream) -> int:
        self._bytes += len(content.get_data())
        if self._bytes > MOST_BYTES:
            raise UnreadableError("it draws too much to be read")
        self._operations += len(content.operations)
        if self._operations > self._most:
            raise UnreadableError("it draws too much to be read")
        return _sift(content)

    def _forms(self, resources: Any) -> int:
        waiting, owners, taken = [resources], list[Any](), 0
        while waiting:
            drawn = _drawn(waiting.pop())
            if drawn is None or id(drawn) in self._clean:
                continue
            self._kept(drawn, drawn)
            owners.append(drawn)
            for reference in drawn.values():
                form = reference.get_object()
                if id(form) in self._clean or form.get("/Subtype") != "/Form":
                    continue
                waiting.append(form.get("/Resources"))
                content = ContentStream(form, self._reader)
                count = self._sifted(content)
                self._kept(form, _form(form, content) if count else form)
                taken += count
        for drawn in owners:
            for name, reference in list(drawn.items()):
                form = reference.get_object()
                if self._clean.get(id(form), form) is not form:
                    drawn[NameObject(name)] = self._clean[id(form)]
        return taken

    def _kept(self, held: Any, clean: Any) -> None:
        self._seen.append(held)
        self._clean[id(held)] = clean


def _drawn(resources: Any) -> Any:
    """Return the forms and pictures of a page's or form's resources by name; None where there are none."""
    resources = resources.get_object() if resources is not None else {}
    return resources["/XObject"].get_object() if "/XObject" in resources else None


def _form(form: Any, content: ContentStream) -> DecodedStreamObject:
    clean = DecodedStreamObject()
    clean.update({key: value for key, value in form.items() if key not in {"/Filter", "/DecodeParms", "/Length"}})
    clean.set_data(content.get_data())
    return clean


def _sift(content: ContentStream) -> int:
    pen, stack, kept, taken = _Pen(), [], [], 0
    for operands, operator in content.operations:
        if operator == b"q":
            stack.append(pen.copy())
        elif operator == b"Q" and stack:
            pen = stack.pop()
        else:
            pen.turn(operator, operands)
        if operator in _SHOWS and pen.hides:
            taken += 1
            continue
        kept.append((operands, operator))
    if taken:
        content.operations = kept
    return taken


__all__ = ["Ink"]
