"""Quarantine: what others wrote (pages, tool results, notes, colleagues' words) loses its flagged sentences.

Detection is one line of defence. The other does not depend on it: ``frontdesk.nodes.act.authority``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from frontdesk.graph.protocols import InputGuard
from frontdesk.graph.state import Channel, DeskState, Outcome, Verdict, Withheld
from frontdesk.nodes.guard.leaves import replaced, texts_of, words_of
from frontdesk.nodes.guard.merging import SEVERITY
from frontdesk.nodes.guard.sentences import sentences

_JOINTS = re.compile(r"[-_./]")

MARK: Final = "[withheld: looked like an instruction]"
"""Stands where a sentence was taken out."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """A text without its flagged sentences."""

    text: str
    verdict: Verdict
    """Of the whole, as it was. Never a part of the text."""
    withheld: int = 0
    """Pieces that were taken out."""
    places: tuple[int, ...] = ()
    """Where in the text as it was each of them began, in characters; only of a text that was judged by itself."""

    @property
    def hit(self) -> bool:
        """Whether anything was found: the turn is then raised for writes."""
        return self.withheld > 0 or self.verdict["outcome"] != "allow"


def merged(verdicts: Iterable[Verdict]) -> Verdict:
    """Return one verdict of several texts: the most severe outcome, all rules once, the highest score."""
    whole = Verdict(outcome="allow", rules=[], score=0.0)
    for verdict in verdicts:
        outcome: Outcome = "raise" if verdict.get("spans") and verdict["outcome"] == "allow" else verdict["outcome"]
        if SEVERITY[outcome] > SEVERITY[whole["outcome"]]:
            whole["outcome"] = outcome
        whole["rules"] = list(dict.fromkeys([*whole["rules"], *verdict["rules"]]))
        whole["score"] = max(whole["score"], verdict["score"])
    return whole


def withheld(state: DeskState, channel: Channel, found: Sequence[Sifted]) -> Withheld:
    """Return the state's record of what was found, added to what this turn had found before.

    Args:
        state: Of the turn.
        channel: Where the texts came from.
        found: Those with a hit.
    """
    turn = (state.get("turn") or {"id": ""})["id"]
    before = state.get("withheld")
    old = before if before and before["turn"] == turn else Withheld(turn=turn, channels=[], rules=[], score=0, pieces=0)
    verdict = merged(part.verdict for part in found)
    return Withheld(
        turn=turn,
        channels=list(dict.fromkeys([*old["channels"], channel])),
        rules=list(dict.fromkeys([*old["rules"], *verdict["rules"]])),
        score=max(old["score"], verdict["score"]),
        pieces=old["pieces"] + sum(part.withheld for part in found),
    )


async def sift(guard: InputGuard, text: str, channel: Channel) -> Sifted:
    """Take the flagged sentences out of a text.

    Args:
        guard: Judges it; a guard that cannot run and must not be skipped leaves nothing of the text.
        text: Masked, of any length.
        channel: ``document``, ``tool`` or ``human``.

    Returns:
        The text with :data:`MARK` in place of each flagged sentence, in place of all where no sentence can be named.
    """
    verdict = await guard.check(text, channel)
    spans = verdict.get("spans") or []
    if verdict["outcome"] in {"allow", "raise"} and not spans:
        return Sifted(text, verdict)
    if verdict["outcome"] == "unsure":
        return Sifted(MARK, verdict, 1, (0,))
    pieces = sentences(text)
    flagged = [piece for piece in pieces if any(piece[0] < end and start < piece[1] for start, end in spans)]
    if not spans:
        flagged = [piece for piece in pieces if await _flagged(guard, text[piece[0] : piece[1]], channel)]
    if not flagged:
        return Sifted(MARK, verdict, 1, (0,))
    kept, at = [], 0
    for start, end in flagged:
        kept += [text[at:start], MARK]
        at = end
    return Sifted("".join([*kept, text[at:]]), verdict, len(flagged), tuple(start for start, _ in flagged))


async def _flagged(guard: InputGuard, sentence: str, channel: Channel) -> bool:
    verdict = await guard.check(sentence, channel)
    return verdict["outcome"] in {"refuse", "unsure"} or bool(verdict.get("spans"))


async def sift_result(guard: InputGuard, content: str, schema: Mapping[str, Any]) -> Sifted:
    """Take the flagged sentences out of a tool's result; JSON stays JSON.

    Args:
        guard: Judges each text by itself, so that a hostile note does not take the order's number with it; then all
            that hold a word in one, because an instruction may be cut into fields that are nothing by themselves.
        content: JSON or any other text, masked.
        schema: The contract's ``output``: what it constrains to a list, a format or a pattern is left as it is.

    Returns:
        The result, written anew: of a name that stands twice only what was judged is left.
    """
    try:
        return await _sifted_json(guard, json.loads(content), schema)
    except ValueError:
        return await sift(guard, content, "tool")
    except RecursionError:
        # nested so deep that nobody can look into it
        return Sifted(MARK, Verdict(outcome="refuse", rules=["shape:depth"], score=1.0), 1)


async def _sifted_json(guard: InputGuard, data: Any, schema: Mapping[str, Any]) -> Sifted:
    texts = list(dict.fromkeys(texts_of(data, schema)))
    found = {text: await sift(guard, text, "tool") for text in texts}
    clean = {text: part.text for text, part in found.items() if part.withheld}
    verdicts = [part.verdict for part in found.values()]
    withheld = sum(part.withheld for part in found.values())
    whole = await _over_fields(guard, [piece for piece in words_of(data, schema) if piece not in clean])
    if whole is not None:
        clean |= dict.fromkeys(whole[1], MARK)
        verdicts.append(whole[0])
        withheld += len(whole[1])
    shown = json.dumps(replaced(data, schema, clean), ensure_ascii=False)
    return Sifted(shown, merged(verdicts), withheld)


async def _over_fields(guard: InputGuard, pieces: Sequence[str]) -> tuple[Verdict, set[str]] | None:
    """Judge the texts of a result in one; return the verdict and the texts that go, or None where nothing was found.

    Args:
        guard: As above.
        pieces: In the order of the data; none that was found out already.
    """
    if len(pieces) < 2:
        return None
    # what stands for a blank in a name ("ignore_all") is one here
    joined = " ".join(_JOINTS.sub(" ", piece) for piece in pieces)
    verdict = await guard.check(joined, "tool")
    spans = verdict.get("spans") or []
    if verdict["outcome"] in {"allow", "raise"} and not spans:
        return (verdict, set()) if verdict["outcome"] == "raise" else None
    gone, at = set[str](), 0
    for piece in pieces:
        if not spans or any(start < at + len(piece) and at < end for start, end in spans):
            gone.add(piece)
        at += len(piece) + 1
    return verdict, gone or set(pieces)


__all__ = ["MARK", "Sifted", "merged", "sift", "sift_result", "withheld"]
