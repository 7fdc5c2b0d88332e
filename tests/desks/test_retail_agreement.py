"""What the retail desk's pages promise is what its try-out back office does."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from datetime import date
from types import ModuleType

import pytest

from tests.desks.conftest import ROOT, Retail


@pytest.fixture(scope="module")
def seed() -> ModuleType:
    """desks/retail/seed.py, loaded by its path as the assembly does."""
    found = importlib.util.spec_from_file_location("retail_seed", ROOT / "seed.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_the_database_is_seeded_by_the_rules_of_the_pages(retail: Retail, seed: ModuleType) -> None:
    assert f"return goods within {seed.RETURN_DAYS} days" in retail.pages["returns"].body
    charge, limit = seed.DELIVERY_CENTS / 100, seed.FREE_DELIVERY_CENTS // 100
    said = f"Standard delivery costs {charge:.2f} EUR and is free for orders from {limit} EUR"
    assert said in retail.pages["delivery-cost"].body


def test_the_shops_page_says_what_the_database_says(retail: Retail, seed: ModuleType) -> None:
    body = retail.pages["stores"].body
    shops = seed.generate(date(2026, 1, 15))["stores"]
    assert len(shops) == 6
    usual = {
        day: Counter(shop[day] for shop in shops).most_common(1)[0][0] for day in ("weekdays", "saturday", "sunday")
    }
    for times in usual.values():
        assert f"from {times}" in body
    for shop in shops:
        told = " ".join(sentence for sentence in body.split(". ") if shop["city"] in sentence)
        unusual = [shop[day].split(" to ")[1] for day, times in usual.items() if shop[day] != times]
        assert not [closing for closing in unusual if closing not in told], shop["city"]


def test_every_status_of_an_order_is_explained(retail: Retail, seed: ModuleType) -> None:
    statuses = {order["status"] for order in seed.generate(date(2026, 1, 15))["orders"]}
    explained = set(re.findall(r'"(\w+)"', retail.pages["tracking"].body.lower()))
    assert statuses
    assert statuses <= explained


def test_refusals_and_replies_of_tools_repeat_the_pages_figures(retail: Retail) -> None:
    """Days that a tool tells the customer stand on the page of the same matter."""
    pages = {
        "return_order": "returns",
        "exchange_item": "exchanges",
        "request_refund": "refunds",
        "cancel_order": "cancel-order",
    }
    strange = []
    for tool, page in pages.items():
        body = retail.pages[page].body + retail.pages["returns"].body
        for days in re.findall(r"(\d+ (?:working )?days)", retail.tools[tool].model_dump_json()):
            if days not in body:
                strange.append((tool, days))
    assert not strange
