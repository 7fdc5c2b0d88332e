"""PDF documents for tests, made piece by piece."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

Piece = tuple[str, float, str]
"""A line, its size in points, and operators before it such as ``3 Tr`` or ``1 1 1 rg``."""


def pdf(
    *sheets: Sequence[Piece], title: str = "", language: str = "", password: str = "", form: Sequence[Piece] = ()
) -> bytes:
    """Return a document with one page per sheet; ``form`` is drawn on each as a form."""
    writer = PdfWriter()
    for sheet in sheets:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
        resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
        drawn = b""
        if form:
            stream = DecodedStreamObject()
            stream.set_data(_operators(form, 300))
            stream.update(
                {
                    NameObject("/Type"): NameObject("/XObject"),
                    NameObject("/Subtype"): NameObject("/Form"),
                    NameObject("/Resources"): DictionaryObject(resources),
                }
            )
            resources[NameObject("/XObject")] = DictionaryObject({NameObject("/X1"): writer._add_object(stream)})
            drawn = b"\n/X1 Do"
        page[NameObject("/Resources")] = resources
        content = DecodedStreamObject()
        content.set_data(_operators(sheet, 800) + drawn)
        page[NameObject("/Contents")] = writer._add_object(content)
    if title:
        writer.add_metadata({"/Title": title, "/ModDate": "D:20250304100000Z"})
    if language:
        writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _operators(pieces: Sequence[Piece], top: float) -> bytes:
    lines = []
    for text, size, before in pieces:
        top -= size * 1.4
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        lines.append(f"q {before} BT /F1 {size} Tf 1 0 0 1 50 {top:.1f} Tm ({escaped}) Tj ET Q")
    return "\n".join(lines).encode("cp1252")


def drawing(content: bytes, *forms: bytes, names: int = 1, sheets: int = 1) -> bytes:
    """Return a document of equal sheets, as a forger writes it: each form may draw each, by ``names`` names.

    ``/X0`` to ``/X<names - 1>`` is the first form, ``/Y0`` and so on the second.
    """
    drawn = b"".join(b"/%c%d %d 0 R " % (b"XYZ"[at], name, 6 + at) for at in range(len(forms)) for name in range(names))
    resources = b"/Resources<</Font<</F1 3 0 R>>/XObject<<%s>>>>" % drawn
    kids = b"5 0 R " * sheets
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, sheets),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        _stream(content),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R%s>>" % resources,
        *(_stream(form, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + resources) for form in forms),
    ]
    raw, places = b"%PDF-1.7\n", list[int]()
    for number, content in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    ends = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, len(raw))
    return raw + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + ends


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Filter/FlateDecode/Length %d%s>>stream\n%s\nendstream" % (len(packed), more, packed)
