"""From probabilities to spans, with a model whose probabilities are made up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from frontdesk.nodes.scrub.sequence.decode import decode
from frontdesk.nodes.scrub.sequence.model import SequenceModel
from frontdesk.nodes.scrub.sequence.weights import LABELS, Thresholds, Weights

LIMITS = {"NAME": Thresholds(0.5, 0.3, 0.6), "ADDRESS": Thresholds(0.5, 0.3, 0.6)}


class Fixed(SequenceModel):
    """Gives the probabilities of a table: word to name and address."""

    def __init__(self, table: dict[str, tuple[float, float]], common: Sequence[str] = ()) -> None:
        super().__init__(Weights({}, np.zeros((1, len(LABELS))), np.zeros((len(LABELS), len(LABELS))), {}))
        self._table = table
        self._common = common

    def listed(self, word: str) -> str:
        return "c" if word in self._common else ""

    def marginals(self, texts: Sequence[Sequence[str]]) -> list[NDArray[np.floating[Any]]]:
        found = []
        for words in texts:
            rows = [self._table.get(word, (0.0, 0.0)) for word in words]
            found.append(np.array([[1 - name - place, name, 0.0, place, 0.0] for name, place in rows]))
        return found


CASES = [
    ("sure", "I met Anna", {"Anna": (0.9, 0)}, [("NAME", "Anna")]),
    ("not sure", "I met Anna", {"Anna": (0.4, 0)}, []),
    ("one sure word carries the other", "Anna Lee", {"Anna": (0.9, 0), "Lee": (0.35, 0)}, [("NAME", "Anna Lee")]),
    ("below the edge", "Anna Lee", {"Anna": (0.9, 0), "Lee": (0.2, 0)}, [("NAME", "Anna")]),
    ("lower case needs more", "i met anna", {"anna": (0.55, 0)}, []),
    ("lower case, sure", "i met anna", {"anna": (0.7, 0)}, [("NAME", "anna")]),
    ("the likelier label", "Anna", {"Anna": (0.3, 0.6)}, [("ADDRESS", "Anna")]),
    ("common word in lower case", "it will come", {"will": (0.9, 0)}, []),
    ("common word, very sure", "ask will", {"will": (0.97, 0)}, [("NAME", "will")]),
    ("common word with a capital", "Will it come", {"Will": (0.85, 0)}, []),
    ("degree", "Anna Lee, MD is in", {"Anna": (0.9, 0), "Lee": (0.9, 0)}, [("NAME", "Anna Lee, MD")]),
    ("digits are no name", "Anna 5", {"Anna": (0.9, 0), "5": (0.9, 0)}, [("NAME", "Anna")]),
    ("digits are no address", "550 22", {"550": (0, 0.9), "22": (0, 0.9)}, []),
    ("street", "5 Elm Road", {"5": (0, 0.9), "Elm": (0, 0.9), "Road": (0, 0.9)}, [("ADDRESS", "5 Elm Road")]),
    ("code", "SKU LAMP-0042", {"LAMP": (0.9, 0)}, []),
    ("one letter", "plan B", {"B": (0.9, 0)}, []),
    ("marks at the ends", '"Anna"', {'"': (0.9, 0), "Anna": (0.9, 0)}, [("NAME", "Anna")]),
    ("nothing", "", {}, []),
]


@pytest.mark.parametrize(("text", "table", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_spans(text: str, table: dict[str, tuple[float, float]], expected: list[tuple[str, str]]) -> None:
    found = decode(text, Fixed(table, common=("will", "it", "come", "ask")), LIMITS)
    assert [(item.label, text[item.start : item.end]) for item in found] == expected
