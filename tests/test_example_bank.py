"""The bank among the examples: HTTP, old tables, MCP and an imported contract behind one desk."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk import Desk, Principal, Reply, Settings, open_desk

BANK = Path(__file__).resolve().parent.parent / "examples" / "bank"
RIGHTS = frozenset({"accounts:read", "transfers:write", "cards:write"})
IBAN = "DE89 3704 0044 0532 0130 00"


@pytest.fixture
def bank() -> Iterator[tuple[Any, int]]:
    """The account service, and its port."""
    spec = importlib.util.spec_from_file_location("example_bank_accounts", BANK / "back" / "accounts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    service = module.Bank("a-token-of-the-test")
    server = module.serve(service, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield service, server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
async def desk(
    bank: tuple[Any, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, redis_url: str, redis_client: Redis
) -> AsyncIterator[Any]:
    """The desk as it stands, but for the service's port and the program that runs the calculator."""
    folder = tmp_path / "bank"
    shutil.copytree(BANK, folder)
    text = (folder / "desk.yaml").read_text()
    text = text.replace("8701", str(bank[1])).replace("[python, back", f"[{sys.executable}, back")
    (folder / "desk.yaml").write_text(text)
    monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path))
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("FRONTDESK_KEY", "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=")
    monkeypatch.setenv("BANK_TOKEN", "a-token-of-the-test")
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(open_desk(Desk.load(str(folder)), settings=Settings()))


@pytest.fixture
def talk(desk: Any) -> Callable[..., Any]:
    """Say messages in one thread, and return the last reply."""

    async def say(thread: str, *messages: str, verified: Any = "strong", who: str = "K100") -> Reply:
        principal = Principal(who, "bank", RIGHTS, verified=verified)
        replies: list[Reply] = [await desk.chat(text, thread_id=thread, principal=principal) for text in messages]
        return replies[-1]

    return say


async def test_reads_show_the_customers_own_and_nothing_internal(talk: Callable[..., Any]) -> None:
    listed = await talk("accounts", "which accounts do I have")
    assert "401122 holds 2500.00 EUR" in listed.text
    assert "9000.00" in (await talk("accounts", "what is the balance of account 401130")).text
    assert "can't find account 401200" in (await talk("accounts", "what is the balance of account 401200")).text
    assert "188.25 EUR a month" in (await talk("loan", "what would a loan of 10000 over 5 years cost a month")).text
    assert "1.08 USD" in (await talk("rate", "how many dollars do I get for a euro")).text
    assert "450.00 EUR on day 1" in (await talk("standing", "show my standing orders")).text


async def test_money_moves_as_the_sum_asks_for(desk: Any, bank: tuple[Any, int], talk: Callable[..., Any]) -> None:
    service, _ = bank
    unsure = await talk("a", f"transfer 30 EUR from account 401122 to {IBAN}", verified="basic")
    assert (unsure.verify, len(service.transfers)) == ("strong", 0)

    small = await talk("b", f"transfer 30 EUR from account 401122 to {IBAN}")
    assert "30.00 EUR are on their way" in small.text

    asked = await talk("c", f"transfer 80 EUR from account 401122 to {IBAN}")
    assert asked.text == f"Shall I send 80 EUR from account 401122 to {IBAN}?"
    assert "80.00 EUR are on their way" in (await talk("c", "yes")).text

    await talk("d", f"transfer 1500 EUR from account 401122 to {IBAN}", "yes")
    assert len(service.transfers) == 2, "it waits for a second person"
    boss = Principal("S1", "bank", roles=frozenset({"supervisor"}))
    waiting = await desk.approvals(approver=boss)
    await desk.decide_approval(waiting[0]["id"], approver=boss, granted=True)
    assert [one["amount"] for one in service.transfers.values()] == [30, 80, 1500]
    assert service.accounts["401122"]["cents"] == 250_000 - 161_000
    assert "it was approved" in (await talk("d", "what is the balance of account 401122")).text

    savings = await talk("e", f"transfer 20 EUR from account 401130 to {IBAN}")
    assert "savings account" in savings.text


async def test_the_old_tables_are_changed(talk: Callable[..., Any]) -> None:
    asked = await talk("card", "block my card ending in 4417")
    assert asked.text == "Shall I block your debit card ending in 4417? This can't be undone."
    assert "is blocked" in (await talk("card", "yes")).text
    ordered = await talk("new", "order a credit card for account 401122", "yes")
    assert "is ordered, reference" in ordered.text
    withdrawn = await talk("new", f"withdraw card order {ordered.text.split('reference ')[1].strip('.')}", "yes")
    assert "is withdrawn" in withdrawn.text
    stopped = await talk("stop", "stop standing order 7001")
    assert stopped.text == "Shall I stop standing order 7001 (450.0 EUR a month)?"
    assert "is stopped" in (await talk("stop", "yes")).text
    made = await talk("so", "set up a standing order", "401122", IBAN, "300 euros", "5")
    assert made.text.endswith(f"300 EUR from account 401122 to {IBAN}, on day 5 of each month?")
    assert "pays 300.00 EUR on day 5" in (await talk("so", "yes")).text
