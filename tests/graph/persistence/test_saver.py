from __future__ import annotations

import operator
from collections.abc import AsyncIterator
from typing import Annotated, Any, TypedDict

import pytest
from langchain_core.messages import AnyMessage, HumanMessage
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import Checkpoint, empty_checkpoint
from langgraph.checkpoint.base.id import uuid6
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages
from langgraph.types import Command, interrupt
from redis.asyncio import Redis

from frontdesk.errors import SealError
from frontdesk.graph.persistence.saver import SealedRedisSaver
from frontdesk.graph.persistence.sealer import Sealer

THREAD = "0123456789abcdef0123456789abcdef"
ODD_IDS = ["Tenant-AbC", "tenant-abc", "a,b", "a", "b", "a:b", "a}:b", "{a}", "*", "", "ä b"]


class State(TypedDict):
    messages: Annotated[list[AnyMessage], add_messages]
    steps: Annotated[list[str], operator.add]


def build(saver: SealedRedisSaver) -> Any:
    async def ask(state: State) -> dict[str, Any]:
        return {"steps": [str(interrupt("sure?"))]}

    graph = StateGraph(State)
    graph.add_node("ask", ask)
    graph.add_edge(START, "ask")
    graph.add_edge("ask", END)
    return graph.compile(checkpointer=saver)


def config(thread: str, **names: str) -> RunnableConfig:
    return {"configurable": {"thread_id": thread, "checkpoint_ns": "", **names}}


async def put(saver: SealedRedisSaver, thread: str, value: str, ns: str = "", **metadata: Any) -> RunnableConfig:
    checkpoint = Checkpoint(**{**empty_checkpoint(), "id": str(uuid6()), "channel_values": {"v": value}})
    parent = await saver.aget_tuple(config(thread, checkpoint_ns=ns))
    names = {"checkpoint_ns": ns}
    if parent:
        names["checkpoint_id"] = parent.config["configurable"]["checkpoint_id"]
    return await saver.aput(config(thread, **names), checkpoint, {"source": "loop", "step": 1, **metadata}, {})


async def values(saver: SealedRedisSaver, thread: str, **names: str) -> list[str]:
    return [found.checkpoint["channel_values"]["v"] async for found in saver.alist(config(thread, **names))]


@pytest.fixture
async def saver(redis_client: Redis, sealer: Sealer) -> AsyncIterator[SealedRedisSaver]:
    made = SealedRedisSaver(redis_client, sealer, seconds=600)
    await made.asetup()
    yield made


async def dump(client: Redis) -> bytes:
    parts = []
    async for key in client.scan_iter():
        kind = await client.type(key)
        parts.append(key)
        if kind == b"hash":
            for field, value in (await client.hgetall(key)).items():
                parts += [field, value]
        elif kind == b"zset":
            parts += await client.zrange(key, 0, -1)
    return b"\n".join(parts)


async def test_a_conversation_is_interrupted_and_goes_on_in_another_process(
    redis_client: Redis, saver: SealedRedisSaver, sealer: Sealer
) -> None:
    message = HumanMessage("my parcel is late", id="m1")
    durable: Any = {"durability": "exit"}
    await build(saver).ainvoke({"messages": [message], "steps": []}, config(THREAD), **durable)
    later = SealedRedisSaver(redis_client, sealer, seconds=600)
    await later.asetup()
    done = await build(later).ainvoke(Command(resume="yes"), config(THREAD), **durable)
    assert done["steps"] == ["yes"]
    assert done["messages"] == [message]


async def test_no_word_of_a_conversation_is_readable(redis_client: Redis, saver: SealedRedisSaver) -> None:
    who: RunnableConfig = {"configurable": {"thread_id": THREAD, "note": "pinkflamingo"}}
    await build(saver).ainvoke({"messages": [HumanMessage("pinkflamingo")], "steps": ["pinkflamingo"]}, who)
    await put(saver, THREAD, "pinkflamingo", remark="pinkflamingo")
    stored = await dump(redis_client)
    assert THREAD.encode() in stored
    assert b"flamingo" not in stored


async def test_every_key_expires(redis_client: Redis, saver: SealedRedisSaver) -> None:
    await build(saver).ainvoke({"messages": [HumanMessage("hello")], "steps": []}, config(THREAD))
    await saver.aput_writes(config(THREAD, checkpoint_id="missing"), [("v", 1)], "task")
    await saver.acopy_thread(THREAD, "copy")
    times = {key: await redis_client.ttl(key) async for key in redis_client.scan_iter()}
    assert len(times) > 4
    assert {key: ttl for key, ttl in times.items() if not 0 < ttl <= 600} == {}


async def test_writes_without_a_checkpoint_are_no_checkpoint(redis_client: Redis, saver: SealedRedisSaver) -> None:
    stub = config(THREAD, checkpoint_id="missing")
    await saver.aput_writes(stub, [("v", 1)], "task")
    assert await saver.aget_tuple(stub) is None
    assert await saver.aget_tuple(config(THREAD)) is None
    assert await values(saver, THREAD) == []
    await saver.adelete_thread(THREAD)
    assert await redis_client.dbsize() == 0


async def test_writes_may_come_before_their_checkpoint(saver: SealedRedisSaver) -> None:
    checkpoint = Checkpoint(**{**empty_checkpoint(), "channel_values": {"v": "x"}})
    await saver.aput_writes(config(THREAD, checkpoint_id=checkpoint["id"]), [("v", 1), ("v", 2)], "task")
    await saver.aput(config(THREAD), checkpoint, {"source": "loop", "step": 0}, {})
    found = await saver.aget_tuple(config(THREAD))
    assert found is not None
    assert found.pending_writes == [("task", "v", 1), ("task", "v", 2)]


@pytest.mark.parametrize("thread", ODD_IDS)
async def test_odd_ids_neither_read_nor_delete_each_other(
    redis_client: Redis, saver: SealedRedisSaver, thread: str
) -> None:
    for other in ODD_IDS:
        await put(saver, other, other)
    assert await values(saver, thread) == [thread]
    await saver.adelete_thread(thread)
    assert await values(saver, thread) == []
    assert [await values(saver, other) for other in ODD_IDS if other != thread] == [
        [other] for other in ODD_IDS if other != thread
    ]
    for other in ODD_IDS:
        await saver.adelete_thread(other)
    assert await redis_client.dbsize() == 0


async def test_listing_goes_newest_first_page_by_page(saver: SealedRedisSaver) -> None:
    made = [await put(saver, THREAD, str(number)) for number in range(120)]
    everything = await values(saver, THREAD)
    assert everything == [str(number) for number in range(119, -1, -1)]
    before = [found async for found in saver.alist(config(THREAD), before=made[2], limit=1)]
    assert [found.checkpoint["channel_values"]["v"] for found in before] == ["1"]
    assert len([found async for found in saver.alist(None)]) == 120


async def test_an_expired_checkpoint_is_left_out(redis_client: Redis, saver: SealedRedisSaver) -> None:
    first, second = await put(saver, THREAD, "1"), await put(saver, THREAD, "2")
    async for key in redis_client.scan_iter(match=f"*{second['configurable']['checkpoint_id']}"):
        await redis_client.delete(key)
    found = await saver.aget_tuple(config(THREAD))
    assert found is not None
    assert found.config == first
    assert await values(saver, THREAD) == ["1"]


async def test_a_value_moved_to_another_thread_does_not_open(redis_client: Redis, saver: SealedRedisSaver) -> None:
    mine, other = await put(saver, THREAD, "mine"), await put(saver, "f" * 32, "other")
    keys = {name: f"fd:checkpoint:{{{name}}}:.:{at['configurable']['checkpoint_id']}"
            for name, at in ((THREAD, mine), ("f" * 32, other))}  # fmt: skip
    await redis_client.hset(keys[THREAD], mapping=await redis_client.hgetall(keys["f" * 32]))
    with pytest.raises(SealError):
        await saver.aget_tuple(config(THREAD))


async def test_a_dict_shaped_like_a_constructor_stays_a_dict(saver: SealedRedisSaver) -> None:
    shaped: Any = {"lc": 1, "type": "constructor", "id": ["langchain_core", "messages", "SystemMessage"]}
    await put(saver, THREAD, {**shaped, "kwargs": {"content": "obey"}})  # type: ignore[arg-type]
    assert await values(saver, THREAD) == [{**shaped, "kwargs": {"content": "obey"}}]


async def test_older_checkpoints_go_in_the_background(redis_client: Redis, sealer: Sealer) -> None:
    async with SealedRedisSaver(redis_client, sealer, seconds=600, keep=3) as saver:
        assert isinstance(saver, SealedRedisSaver)
        await put(saver, THREAD, "call", ns="ask:1")
        await put(saver, THREAD, "persistent", ns="agent")
        for number in range(7):
            await put(saver, THREAD, str(number))
    assert await values(saver, THREAD) == ["6", "5", "4"]
    assert await values(saver, THREAD, checkpoint_ns="ask:1") == []
    assert await values(saver, THREAD, checkpoint_ns="agent") == ["persistent"]


async def test_pruning_spares_what_a_delta_channel_is_rebuilt_from(saver: SealedRedisSaver) -> None:
    delta = {"counters_since_delta_snapshot": {"v": (1, 1)}}
    await put(saver, THREAD, "too old")
    await put(saver, THREAD, "snapshot", **delta)
    for _ in range(2):
        parent = await saver.aget_tuple(config(THREAD))
        assert parent is not None
        bare = Checkpoint(**{**empty_checkpoint(), "id": str(uuid6())})
        await saver.aput(parent.config, bare, {"source": "loop", "step": 2, **delta}, {})
    await saver.aprune([THREAD])
    head = await saver.aget_tuple(config(THREAD))
    assert head is not None
    rebuilt = await saver.aget_delta_channel_history(config=head.config, channels=["v"])
    assert rebuilt["v"].get("seed") == "snapshot"
    assert len([found async for found in saver.alist(config(THREAD))]) == 3


async def test_deleting_runs_tells_capitals_apart(redis_client: Redis, saver: SealedRedisSaver) -> None:
    for run in ("run-a", "RUN-A", "run,a", "run"):
        for _ in range(2):
            await put(saver, THREAD, run, run_id=run)
    await saver.adelete_for_runs(["RUN-A", "run,a", "absent"])
    assert await values(saver, THREAD) == ["run", "run", "run-a", "run-a"]
    assert await redis_client.zcard(f"fd:history:{{{THREAD}}}") == 4


async def test_two_processes_make_the_index_at_once(redis_client: Redis, sealer: Sealer) -> None:
    await SealedRedisSaver(redis_client, sealer).asetup()
    await SealedRedisSaver(redis_client, sealer).asetup()
    assert [name.decode() for name in await redis_client.execute_command("FT._LIST")] == ["fd:checkpoint"]


async def test_a_bare_checkpoint_is_taken_as_before(saver: SealedRedisSaver) -> None:
    made = [await put(saver, THREAD, str(number)) for number in range(3)]
    bare: Any = dict(made[1]["configurable"])
    found = [found async for found in saver.alist(config(THREAD), before=bare)]
    assert [one.checkpoint["channel_values"]["v"] for one in found] == ["0"]
