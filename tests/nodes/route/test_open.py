"""Opening a router: fitted once per content, kept, mended, and with embeddings that fail at any time."""

from __future__ import annotations

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from frontdesk.desk.config import Intent, Routing
from frontdesk.errors import ConfigurationError
from frontdesk.models.embedders.embedder import BoundedEmbedder
from frontdesk.nodes.route.fitting import fit_digest, open_router
from frontdesk.nodes.route.npz import read_arrays, write_arrays
from frontdesk.nodes.route.router import Examples, Fit, IntentRouter, fit_examples
from frontdesk.nodes.route.storing import FOLDER, KEPT, keep_fit, load_fit
from tests.models.embedders.sources import Scripted
from tests.nodes.route.conftest import UTTERANCES, intents_of

TEXTS = ["where's my parcel", "can I still return it", "when do you close", "wine on the sofa", "who won the cup", ""]


@pytest.fixture(scope="module")
def intents() -> dict[str, Intent]:
    return intents_of(list(UTTERANCES))


@pytest.fixture(scope="module")
def fit(intents: dict[str, Intent]) -> Fit:
    return fit_examples(tuple(intents), Examples.of(intents))


@pytest.fixture(scope="module")
def joined(intents: dict[str, Intent]) -> Fit:
    """Fitted with embeddings of 16 columns."""
    examples = Examples.of(intents)
    vectors = asyncio.run(BoundedEmbedder(Scripted(), 5).embed_many(examples.texts, seconds=60))
    return fit_examples(tuple(intents), examples, vectors)


def file_of(home: Path) -> Path:
    (path,) = (home / FOLDER).iterdir()
    return path


@pytest.mark.parametrize("kind", ["fit", "joined"])
def test_a_kept_fit_scores_exactly_as_before(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    fit: Fit = request.getfixturevalue(kind)
    assert keep_fit(tmp_path, "d" * 64, fit)
    found = load_fit(tmp_path, "d" * 64)
    assert found is not None
    assert (found.intents, found.width) == (fit.intents, fit.width)
    vector = np.full(fit.width, fit.width**-0.5, np.float32) if fit.width else None
    for text in TEXTS:
        for given in (None, vector):
            assert IntentRouter(found, 0.5).score(text, given) == IntentRouter(fit, 0.5).score(text, given)


def test_only_this_user_may_read_it(fit: Fit, tmp_path: Path) -> None:
    keep_fit(tmp_path, "d" * 64, fit)
    assert file_of(tmp_path).stat().st_mode & 0o777 == 0o600
    assert file_of(tmp_path).parent.stat().st_mode & 0o777 == 0o700


def test_without_a_data_folder_nothing_is_kept(fit: Fit) -> None:
    assert not keep_fit(None, "d" * 64, fit)
    assert load_fit(None, "d" * 64) is None


def altered(path: Path, **changes: Any) -> None:
    write_arrays(path, {**read_arrays(path), **changes})


DAMAGES = [
    ("empty", lambda path: path.write_bytes(b"")),
    ("cut", lambda path: path.write_bytes(path.read_bytes()[:-2000])),
    ("noise", lambda path: path.write_bytes(os.urandom(5000))),
    ("facts are no JSON", lambda path: altered(path, facts=np.frombuffer(b"{", np.uint8))),
    ("facts are a list", lambda path: altered(path, facts=np.frombuffer(b"[]", np.uint8))),
    ("facts without intents", lambda path: altered(path, facts=np.frombuffer(b'{"digest": "%s"}' % (b"d" * 64), np.uint8))),
    ("facts of something else", lambda path: altered(path, facts=np.frombuffer(b'{"digest": "e", "intents": ["a"], "width": 0}', np.uint8))),
    ("fewer intents than classes", lambda path: altered(path, facts=np.frombuffer(b'{"digest": "%s", "intents": ["a"], "width": 0}' % (b"d" * 64), np.uint8))),
    ("a folder of that name", lambda path: (path.unlink(), path.mkdir())),
    ("a link", lambda path: (path.rename(path.with_suffix(".else")), path.symlink_to(path.with_suffix(".else")))),
    ("others may write it", lambda path: path.chmod(0o666)),
]  # fmt: skip


@pytest.mark.parametrize(("word", "damage"), DAMAGES, ids=[word for word, _ in DAMAGES])
def test_a_damaged_file_is_not_used(
    word: str, damage: Any, fit: Fit, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keep_fit(tmp_path, "d" * 64, fit)
    damage(file_of(tmp_path))
    with caplog.at_level(logging.WARNING):
        assert load_fit(tmp_path, "d" * 64) is None
    assert "kept router not used" in caplog.text


@pytest.mark.parametrize("kind", ["fit", "joined"])
def test_arrays_that_do_not_fit_together_are_not_used(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    keep_fit(tmp_path, "d" * 64, request.getfixturevalue(kind))
    path = file_of(tmp_path)
    whole = read_arrays(path)
    for name, value in whole.items():
        if name == "facts":
            continue
        write_arrays(path, {key: kept for key, kept in whole.items() if key != name})
        assert load_fit(tmp_path, "d" * 64) is None, f"without {name}"
        if value.size > 1:
            write_arrays(path, {**whole, name: value.reshape(-1)[: value.size // 2]})
            assert load_fit(tmp_path, "d" * 64) is None, f"half of {name}"
        if value.dtype.kind == "f":
            write_arrays(path, {**whole, name: np.full_like(value, np.nan)})
            assert load_fit(tmp_path, "d" * 64) is None, f"{name} without numbers"


def test_a_folder_that_cannot_be_written_costs_a_line_of_log(
    fit: Fit, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        assert not keep_fit(tmp_path, "d" * 64, fit)
        assert load_fit(tmp_path, "d" * 64) is None
    assert caplog.text.count("not kept") == 1


def test_the_ones_used_longest_ago_go_first(fit: Fit, tmp_path: Path) -> None:
    for number in range(KEPT):
        keep_fit(tmp_path, f"{number:064d}"[::-1], fit)
        os.utime(tmp_path / FOLDER / f"{f'{number:064d}'[::-1][:32]}.npz", (number, number))
    assert load_fit(tmp_path, f"{0:064d}"[::-1]) is not None
    keep_fit(tmp_path, "e" * 64, fit)
    assert len(list((tmp_path / FOLDER).iterdir())) == KEPT
    assert load_fit(tmp_path, f"{0:064d}"[::-1]) is not None
    assert load_fit(tmp_path, f"{1:064d}"[::-1]) is None


def test_what_a_process_left_half_written_is_swept_away(fit: Fit, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    for name, age in ((".part-old", 10), (".part-new", 2**40)):
        (tmp_path / FOLDER / name).write_text("half")
        os.utime(tmp_path / FOLDER / name, (age, age))
    keep_fit(tmp_path, "d" * 64, fit)
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == [".part-new", "d" * 32 + ".npz"]


def test_those_who_keep_and_read_at_once_do_not_disturb_each_other(fit: Fit, tmp_path: Path) -> None:
    def kept_and_read(_: int) -> bool:
        return keep_fit(tmp_path, "d" * 64, fit) and load_fit(tmp_path, "d" * 64) is not None

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(kept_and_read, range(40)))
    assert [path.suffix for path in (tmp_path / FOLDER).iterdir()] == [".npz"]


CHANGES = [
    ("an utterance", lambda intent: intent.model_copy(update={"utterances": [*intent.utterances[:-1], "when is it due"]})),
    ("an utterance more", lambda intent: intent.model_copy(update={"utterances": [*intent.utterances, "when is it due"]})),
    ("the title", lambda intent: intent.model_copy(update={"title": "another title"})),
]  # fmt: skip


@pytest.mark.parametrize(("word", "change"), CHANGES, ids=[word for word, _ in CHANGES])
def test_the_digest_changes_with(word: str, change: Any, intents: dict[str, Intent]) -> None:
    names = tuple(intents)
    changed = {**intents, names[0]: change(intents[names[0]])}
    assert fit_digest(names, Examples.of(intents), "") != fit_digest(names, Examples.of(changed), "")


def test_the_digest_changes_with_order_names_and_embedder(intents: dict[str, Intent]) -> None:
    names, examples = tuple(intents), Examples.of(intents)
    digests = {
        fit_digest(names, examples, ""),
        fit_digest(names, examples, "minilm"),
        fit_digest(names[::-1], examples, ""),
        fit_digest(names, Examples.of(dict(reversed(intents.items()))), ""),
        fit_digest(names, replace(examples, names=()), ""),
    }
    assert len(digests) == 5
    assert fit_digest(names, Examples.of(dict(intents)), "") in digests


async def test_a_router_is_fitted_once_per_machine(intents: dict[str, Intent], tmp_path: Path) -> None:
    source = Scripted(width=17)
    first = await open_router(intents, Routing(), embedder=BoundedEmbedder(source, 5), home=tmp_path)
    asked = len(source.calls)
    again = await open_router(intents, Routing(accept=0.9), embedder=BoundedEmbedder(source, 5), home=tmp_path)
    assert len(source.calls) == asked
    assert again.fitted is first.fitted
    assert (first.accept, again.accept) == (0.5, 0.9)
    assert file_of(tmp_path).suffix == ".npz"


async def test_examples_that_cannot_be_embedded_stop_the_start(intents: dict[str, Intent]) -> None:
    source = Scripted([ConnectionError("the key")], width=18)
    with pytest.raises(ConfigurationError, match=r"routing\.embeddings.*\(connection\)") as caught:
        await open_router(intents, Routing(), embedder=BoundedEmbedder(source, 5))
    assert "the key" not in str(caught.value)


async def test_with_embeddings_messages_are_embedded_once(joined: Fit) -> None:
    source = Scripted()
    router = IntentRouter(joined, 0.5, BoundedEmbedder(source, 5))
    routes = await router.route_many(["cancel my order", "when are you open"])
    assert [route["intent"] for route in routes] == ["cancel_order", "opening_hours"]
    assert await router.route("cancel my order") == routes[0]
    assert source.calls == [["cancel my order", "when are you open"]]
    assert "lexical" not in routes[0]


@pytest.mark.parametrize("step", [TimeoutError(), ValueError("json"), [[1.0] * 3], [[float("nan")] * 16]])
async def test_without_its_embedding_a_message_is_routed_by_its_words(step: Any, joined: Fit) -> None:
    router = IntentRouter(joined, 0.5, BoundedEmbedder(Scripted([step]), 5))
    route = await router.route("cancel my order")
    assert route == {**router.score("cancel my order"), "lexical": True}
    assert route["intent"] == "cancel_order"


async def test_an_embedder_of_another_width_is_not_believed(joined: Fit) -> None:
    router = IntentRouter(joined, 0.5, BoundedEmbedder(Scripted(width=24), 5))
    assert (await router.route("cancel my order"))["lexical"]


@pytest.mark.parametrize("text", ["", "  \n"], ids=["empty", "blank"])
async def test_what_has_no_words_is_not_sent(text: str, joined: Fit) -> None:
    source = Scripted()
    assert not (await IntentRouter(joined, 0.5, BoundedEmbedder(source, 5)).route(text))["accepted"]
    assert source.calls == []


async def test_by_words_alone_no_embedder_is_asked(fit: Fit) -> None:
    source = Scripted()
    router = IntentRouter(fit, 0.5, BoundedEmbedder(source, 5))
    assert await router.route("cancel my order") == router.score("cancel my order")
    assert source.calls == []
    assert 0 <= (await router.route("cancel my order"))["oos"] < (await router.route("who won the cup"))["oos"] <= 1
