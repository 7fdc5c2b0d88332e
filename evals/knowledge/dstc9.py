"""``python -m frontdesk.evals.knowledge.dstc9 --data DIR --out DIR``: pages and questions from the data set dstc9_faq.

Its pages are short questions with answers, each about one hotel, restaurant, taxi or train service; its questions are
what staff answered, with the page that the answer rests on. A domain is one entity, so that "is there parking?" means
that of one hotel. Of each entity a part of the pages is withheld: what asks for them is covered by none.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from frontdesk.errors import DataError, FrontdeskError
from frontdesk.evals.lines import check_target, read_records, write_records

Record = dict[str, Any]
Part = Literal["fit", "validation", "all"]
_HELD = 0.3
"""Share of the entities that is the validation part."""
_WITHHELD = 0.2
"""Share of an entity's pages that are taken out."""
_TITLES = 5
_STRANGERS = 3
"""Titles of an entity that are asked, of pages it has; and of another kind of entity."""


@dataclass(frozen=True)
class Faq:
    """The data set."""

    docs: Mapping[str, list[Record]]
    """By entity (``hotel|4``)."""
    responses: Mapping[str, list[Record]]
    """By entity, those whose page there is."""


def read_faq(folder: Path) -> Faq:
    """Read the two files of ``dstc9_faq``.

    Raises:
        DataError: A file is not there, or not as it was written.
    """
    docs: defaultdict[str, list[Record]] = defaultdict(list)
    responses: defaultdict[str, list[Record]] = defaultdict(list)
    try:
        for _, record in read_records(folder / "dstc9_faq" / "faq_train_val.jsonl"):
            docs[entity_of(record["id"])].append(record)
        known = {record["id"] for group in docs.values() for record in group}
        for _, record in read_records(folder / "dstc9_faq" / "grounded_responses_val.jsonl"):
            if record["snippet_id"] in known:
                responses[entity_of(record["snippet_id"])].append(record)
    except (KeyError, AttributeError) as error:
        raise DataError(
            f"{folder / 'dstc9_faq'}: a record without {error}; take the files as they were given"
        ) from None
    return Faq(docs, responses)


def entity_of(name: str) -> str:
    """Return the entity of a page's id: ``hotel|4|9`` is of ``hotel|4``."""
    return name.rpartition("|")[0]


def entities(faq: Faq, part: Part, seed: int) -> list[str]:
    """Return the entities of a part, drawn by seed."""
    names = sorted(faq.docs)
    random.Random(seed).shuffle(names)  # noqa: S311 - a split, no secret
    cut = round(len(names) * _HELD)
    return sorted({"validation": names[:cut], "fit": names[cut:], "all": names}[part])


def converted(faq: Faq, names: Sequence[str], seed: int) -> tuple[list[Record], list[Record]]:
    """Return docs and queries of some entities, as ``frontdesk eval knowledge`` reads them."""
    docs: list[Record] = []
    queries: list[Record] = []
    for name in names:
        draw = random.Random(f"{seed}:{name}")  # noqa: S311 - a sample, no secret
        own = faq.docs[name]
        gone = {record["id"] for record in draw.sample(own, round(len(own) * _WITHHELD))}
        kept = [record for record in own if record["id"] not in gone]
        docs += [_doc(record, name) for record in kept]
        queries += _queries(faq, name, gone, draw)
    return docs, queries


def _doc(record: Record, entity: str) -> Record:
    return {"id": record["id"], "title": record["title"], "body": record["body"], "domain": entity}


def _queries(faq: Faq, name: str, gone: set[str], draw: random.Random) -> Iterator[Record]:
    for record in faq.responses.get(name, []):
        page = record["snippet_id"]
        kind = "withheld-response" if page in gone else "response"
        yield _query(f"{kind}:{record['id']}", record["response"], None if page in gone else page, name)
    for record in draw.sample(faq.docs[name], min(_TITLES, len(faq.docs[name]))):
        if record["id"] not in gone:
            yield _query(f"title:{record['id']}", record["title"], record["id"], name)
    for record in faq.docs[name]:
        if record["id"] in gone:
            yield _query(f"withheld-title:{record['id']}", record["title"], None, name)
    kind = name.partition("|")[0]
    others = sorted(other for other in faq.docs if other.partition("|")[0] != kind)
    for other in draw.choices(others, k=_STRANGERS) if others else ():
        record = draw.choice(faq.docs[other])
        yield _query(f"strange:{name}:{record['id']}", record["title"], None, name)


def _query(name: str, text: str, doc: str | None, domain: str) -> Record:
    return {"id": name, "query": text, "doc_id": doc, "domain": domain}


def main(arguments: argparse.Namespace) -> None:
    """Convert, and print how much there is."""
    arguments.out.mkdir(parents=True, exist_ok=True)
    files = [arguments.out / name for name in ("docs.jsonl", "queries.jsonl", "queries_all.jsonl")]
    for file in files:
        check_target(file)
    faq = read_faq(arguments.data)
    docs, queries = converted(faq, entities(faq, arguments.part, arguments.seed), arguments.seed)
    anywhere = [{key: value for key, value in query.items() if key != "domain"} for query in queries]
    for file, records in zip(files, (docs, queries, anywhere), strict=True):
        write_records(file, records)
    covered = sum(query["doc_id"] is not None for query in queries)
    told = {"docs": len(docs), "queries": len(queries), "covered": covered, "part": arguments.part}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m frontdesk.evals.knowledge.dstc9", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that dstc9_faq lies in")
    parser.add_argument("--out", type=Path, required=True, help="gets docs.jsonl, queries.jsonl, queries_all.jsonl")
    parser.add_argument("--part", choices=("fit", "validation", "all"), default="validation", help="of the entities")
    parser.add_argument("--seed", type=int, default=9, help="of the parts and samples")
    try:
        main(parser.parse_args())
    except FrontdeskError as error:
        sys.exit(f"frontdesk: {error}")
