"""Following the chain: the first place at which it is not what was written, and what is wrong there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from frontdesk.tools.auditing.chain import Link, Macs, Mark, Proof, hash_of

What = Literal[
    "changed", "removed", "reordered", "inserted", "truncated", "rolled_back", "forged", "wrong_key", "head_missing",
    "head_changed", "base_changed",
]  # fmt: skip
TEXTS: dict[What, str] = {
    "changed": "the record is not what was written",
    "removed": "the record is missing",
    "reordered": "the record stands in another place",
    "inserted": "a record stands here that was never written here",
    "truncated": "the records from here to the end are missing",
    "rolled_back": "the log is not the one that the anchor was taken of: it was put back, or written anew",
    "forged": "nobody with the deployment's key wrote the record, or let it go",
    "wrong_key": "the record was sealed with a key that is not configured (FRONTDESK_KEY=new,old)",
    "head_missing": "there are records, and no head that says which is the last",
    "head_changed": "the head that says which record is the last is not the deployment's",
    "base_changed": "the mark that says what retention cut off is not the deployment's",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong."""

    seq: int
    """Number of the record."""
    what: What

    def __str__(self) -> str:
        """Return it for people."""
        return f"{self.what} at record {self.seq}: {TEXTS[self.what]}"


@dataclass(slots=True)
class Told:
    """What there is."""

    records: int = 0
    erased: int = 0
    """Records whose body an erasure or a sweep took out, under the deployment's key."""
    left_out: int = 0
    """Records that an exported file holds without their bodies."""
    unchained: int = 0
    """Entries from before the chain, which nothing proves."""
    seq: int = 0
    hash: str = ""
    """Of the last record."""
    first: int = 1
    """Number of the first record that is left; older ones were cut off by their age."""
    anchored: bool | None = None
    """Whether the anchor's record is in the log; None: no anchor was given, or its record was cut off since."""
    fault: Fault | None = None


class Verifier:
    """Takes the links of a chain one after the other."""

    def __init__(self, macs: Macs | None, start: Mark | None = None, anchor: Mark | None = None) -> None:
        """Take what to check with.

        Args:
            macs: The deployment's keys; None: an auditor's check without them, against a signed head.
            start: What the first link follows; None: nothing.
            anchor: A head that was kept elsewhere.
        """
        self._macs, self._anchor = macs, anchor
        self.last = start or Mark()
        self.told = Told(seq=self.last.seq, hash=self.last.hash, first=self.last.seq + 1)
        self._anchored()

    @property
    def follows(self) -> int:
        """Number of the record that must come next."""
        return self.last.seq + 1

    def begin(self, base: Mark | None) -> Fault | None:
        """Check the mark of what was cut off, before the first link."""
        proof = self._macs.proves("base", base) if base and self._macs else "good"
        if base is None or proof == "good":
            return self.told.fault
        return self._fault(base.seq, "wrong_key" if proof == "unknown" else "base_changed")

    def feed(self, link: Link | None, ahead: Iterable[int] = ()) -> Fault | None:
        """Check the next link; None as a link: an entry without a chain, where only records may stand.

        Args:
            link: What stands next.
            ahead: Numbers that come later, as far as they are known: one that is missed here may stand there.
        """
        if self.told.fault:
            return self.told.fault
        if link is None or link.seq < self.follows:
            return self._fault(self.follows if link is None else link.seq, "inserted")
        if link.seq > self.follows:
            return self._fault(self.follows, "reordered" if self.follows in set(ahead) else "removed")
        if (link.body is not None and link.prev != self.last.hash) or link.hash != hash_of(
            link.seq, self.last.hash, link.digest
        ):
            return self._fault(link.seq, "changed")
        proof = self._proof(link)
        if proof != "good":
            return self._fault(link.seq, "wrong_key" if proof == "unknown" else "forged")
        self._took(link)
        return self.told.fault

    def end(self, before: Mark | None, after: Mark | None = None, *, signed: bool = False) -> Told:
        """Check the end.

        Args:
            before: The head before the chain was read, None: there is none.
            after: The head afterwards: others may have appended meanwhile.
            signed: The head's signature was checked already; it has no MAC.
        """
        after = after or before
        if self.told.fault:
            return self.told
        if before is None:
            if self.last.seq:
                self._fault(self.last.seq, "head_missing")
            return self._anchor_met()
        proofs = [self._macs.proves("head", mark) for mark in (before, after) if mark and self._macs and not signed]
        if any(proof != "good" for proof in proofs):
            self._fault(before.seq, "wrong_key" if "unknown" in proofs else "head_changed")
        elif before.seq > self.last.seq:
            self._fault(self.follows, "truncated")
        elif before.seq == self.last.seq and before.hash != self.last.hash:
            self._fault(before.seq, "head_changed")
        elif after and after.seq < self.last.seq:
            self._fault(after.seq + 1, "inserted")
        return self._anchor_met()

    def _took(self, link: Link) -> None:
        self.last = replace(self.last, seq=link.seq, hash=link.hash)
        self.told.seq, self.told.hash = link.seq, link.hash
        if link.left_out:
            self.told.left_out += 1
        elif link.body is None:
            self.told.erased += 1
        else:
            self.told.records += 1
        self._anchored()

    def _anchored(self) -> None:
        """Compare the place that was reached with the anchor's."""
        if self._anchor and self._anchor.seq == self.last.seq:
            self.told.anchored = self._anchor.hash == self.last.hash
            if not self.told.anchored:
                self._fault(self.last.seq, "rolled_back")

    def _anchor_met(self) -> Told:
        if self._anchor and not self.told.fault and self._anchor.seq > self.last.seq:
            self.told.anchored = False
            self._fault(self.follows, "rolled_back")
        return self.told

    def _proof(self, link: Link) -> Proof:
        if self._macs is None:
            return "good"
        proof = self._macs.check("record", link.key, link.mac, link.hash)
        if proof != "good" or link.body is not None or link.left_out:
            return proof
        return self._macs.admits(link)

    def _fault(self, seq: int, what: What) -> Fault:
        self.told.fault = Fault(seq, what)
        return self.told.fault


def verify(
    links: Sequence[Link | None], macs: Macs | None, base: Mark | None, head: Mark | None, anchor: Mark | None = None
) -> Told:
    """Check a chain that is in memory."""
    verifier = Verifier(macs, base, anchor)
    verifier.begin(base)
    for place, link in enumerate(links):
        if verifier.feed(link, (later.seq for later in links[place + 1 :] if later)):
            break
    return verifier.end(head)
