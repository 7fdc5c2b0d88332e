"""What the retail functions have in common: records by key, money, items of an order. ValueError: not possible."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Db = Mapping[str, dict[str, Any]]

_OPERATIONS: Mapping[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}


def found(keys: Iterable[str]) -> str:
    """Return the first key."""
    key = next(iter(keys), None)
    if key is None:
        raise ValueError("not found")
    return key


def of(table: Mapping[str, Any], key: str) -> Any:
    """Return a record."""
    if key not in table:
        raise ValueError("not found")
    return table[key]


def order_in(db: Db, order_id: str, status: str) -> Any:
    """Return an order that is in this very status."""
    order = of(db["orders"], order_id)
    if order["status"] != status:
        raise ValueError(f"the order is not {status}")
    return order


def variant(db: Db, item_id: str) -> tuple[str, Any]:
    """Return a variant and the id of its product."""
    for product_id, product in db["products"].items():
        if item_id in product["variants"]:
            return product_id, product["variants"][item_id]
    raise ValueError("not found")


def positions(order: Mapping[str, Any], item_ids: Sequence[str]) -> list[Any]:
    """Return the order's items with these ids; one that is named twice must be there twice."""
    left = list(order["items"])
    chosen = []
    for item_id in item_ids:
        item = next((item for item in left if item["item_id"] == item_id), None)
        if item is None:
            raise ValueError("the order has no such item")
        left = [other for other in left if other is not item]
        chosen.append(item)
    return chosen


def swap(
    db: Db, order: Mapping[str, Any], item_ids: Sequence[str], new_item_ids: Sequence[str], payment_method_id: str
) -> tuple[Any, list[tuple[Any, Any]], float]:
    """See that items can be exchanged; return the payment method, the pairs, and what is to be paid (below 0: back)."""
    if len(item_ids) != len(new_item_ids):
        raise ValueError("as many new items as old ones are needed")
    pairs = []
    for item, new_id in zip(positions(order, item_ids), new_item_ids, strict=True):
        product_id, new = variant(db, new_id)
        if product_id != item["product_id"] or not new["available"]:
            raise ValueError("the new item is another product, or not available")
        pairs.append((item, new))
    difference = round(sum(new["price"] - item["price"] for item, new in pairs), 2)
    method = of(of(db["users"], order["user_id"])["payment_methods"], payment_method_id)
    covers(method, difference)
    return method, pairs, difference


def covers(method: Mapping[str, Any], amount: float) -> None:
    """See that a gift card has enough on it; any other method has."""
    if method["source"] == "gift_card" and method["balance"] < amount:
        raise ValueError("the gift card does not cover it")


def credit(method: dict[str, Any], amount: float) -> None:
    """Put money onto a gift card; other methods are settled elsewhere."""
    if method["source"] == "gift_card":
        method["balance"] = round(method["balance"] + amount, 2)


def address(address1: str, address2: str, city: str, state: str, country: str, code: str) -> dict[str, str]:
    """Return an address as the tables hold it."""
    return {
        "address1": address1, "address2": address2, "city": city, "country": country, "state": state, "zip": code
    }  # fmt: skip


def number(node: ast.AST) -> float:
    """Return what an expression of numbers comes to."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return float(_OPERATIONS[type(node.op)](number(node.left), number(node.right)))
    if isinstance(node, ast.UnaryOp) and type(node.op) in _OPERATIONS:
        return float(_OPERATIONS[type(node.op)](number(node.operand)))
    raise ValueError("no expression of numbers")


def calculate(_db: Db, expression: str) -> str:
    """Work out numbers with ``+ - * /`` and parentheses."""
    return str(round(float(number(ast.parse(expression, mode="eval").body)), 2))


def think(_db: Db, thought: str) -> str:
    """Take a note for oneself; no table changes."""
    return "" if thought else "nothing to think about"


def transfer_to_human_agents(_db: Db, summary: str) -> str:
    """Pass the conversation on; no table changes."""
    return "Transfer successful" if summary.strip() else "Transfer successful, without a summary"
