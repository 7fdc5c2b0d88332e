"""Functions of the retail back office of ``tau_retail``, written from its tools' descriptions and its policy.

Each takes the tables first. What is not possible raises ValueError, before anything is changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from frontdesk.evals.gateway import retailing
from frontdesk.evals.gateway.retailing import Db, address, covers, credit, found, of, order_in, positions, swap, variant

REASONS = ("no longer needed", "ordered by mistake")


calculate, think = retailing.calculate, retailing.think
transfer_to_human_agents = retailing.transfer_to_human_agents


def find_user_id_by_email(db: Db, email: str) -> str:
    """Find a user by e-mail, whatever its case."""
    return found(key for key, user in db["users"].items() if user["email"].lower() == email.lower())


def find_user_id_by_name_zip(db: Db, first_name: str, last_name: str, zip: str) -> str:
    """Find a user by name, whatever its case, and zip code."""
    wanted = (first_name.lower(), last_name.lower(), zip)
    return found(
        key
        for key, user in db["users"].items()
        if (user["name"]["first_name"].lower(), user["name"]["last_name"].lower(), user["address"]["zip"]) == wanted
    )


def get_user_details(db: Db, user_id: str) -> Any:
    """Return a user."""
    return of(db["users"], user_id)


def get_order_details(db: Db, order_id: str) -> Any:
    """Return an order."""
    return of(db["orders"], order_id)


def get_product_details(db: Db, product_id: str) -> Any:
    """Return a product with its variants."""
    return of(db["products"], product_id)


def get_item_details(db: Db, item_id: str) -> Any:
    """Return one variant of a product."""
    return variant(db, item_id)[1]


def list_all_product_types(db: Db) -> str:
    """Return product ids by name, as JSON."""
    return json.dumps({product["name"]: key for key, product in db["products"].items()}, sort_keys=True)


def modify_user_address(
    db: Db,
    user_id: str,
    address1: str,
    address2: str,
    city: str,
    state: str,
    country: str,
    zip: str,
) -> Any:
    """Replace a user's default address."""
    of(db["users"], user_id)["address"] = address(address1, address2, city, state, country, zip)
    return db["users"][user_id]


def modify_pending_order_address(
    db: Db,
    order_id: str,
    address1: str,
    address2: str,
    city: str,
    state: str,
    country: str,
    zip: str,
) -> Any:
    """Replace the address of an order that is still pending; its items may have been modified before."""
    order = of(db["orders"], order_id)
    if not order["status"].startswith("pending"):
        raise ValueError("the order is not pending")
    order["address"] = address(address1, address2, city, state, country, zip)
    return order


def cancel_pending_order(db: Db, order_id: str, reason: str) -> Any:
    """Cancel a pending order and pay it back; a gift card at once."""
    order = order_in(db, order_id, "pending")
    if reason not in REASONS:
        raise ValueError("no such reason")
    methods = of(db["users"], order["user_id"])["payment_methods"]
    refunds = [
        {"transaction_type": "refund", "amount": paid["amount"], "payment_method_id": paid["payment_method_id"]}
        for paid in order["payment_history"]
    ]
    for refund in refunds:
        credit(of(methods, refund["payment_method_id"]), refund["amount"])
    order["payment_history"] = [*order["payment_history"], *refunds]
    order |= {"status": "cancelled", "cancel_reason": reason}
    return order


def modify_pending_order_payment(db: Db, order_id: str, payment_method_id: str) -> Any:
    """Pay a pending order, which was paid once, by another method."""
    order = order_in(db, order_id, "pending")
    methods = of(db["users"], order["user_id"])["payment_methods"]
    method, history = of(methods, payment_method_id), order["payment_history"]
    if len(history) != 1 or history[0]["transaction_type"] != "payment":
        raise ValueError("the order was not paid by one payment")
    before, amount = history[0]["payment_method_id"], history[0]["amount"]
    if before == payment_method_id:
        raise ValueError("the method is the same")
    covers(method, amount)
    credit(method, -amount)
    credit(of(methods, before), amount)
    order["payment_history"] = [
        *history,
        {"transaction_type": "payment", "amount": amount, "payment_method_id": payment_method_id},
        {"transaction_type": "refund", "amount": amount, "payment_method_id": before},
    ]
    return order


def modify_pending_order_items(
    db: Db, order_id: str, item_ids: Sequence[str], new_item_ids: Sequence[str], payment_method_id: str
) -> Any:
    """Take other variants of the same products into a pending order, once; the difference is paid or paid back."""
    order = order_in(db, order_id, "pending")
    method, pairs, difference = swap(db, order, item_ids, new_item_ids, payment_method_id)
    for item, new in pairs:
        item.update({"item_id": new["item_id"], "price": new["price"], "options": new["options"]})
    paid = {
        "transaction_type": "payment" if difference > 0 else "refund",
        "amount": abs(difference),
        "payment_method_id": payment_method_id,
    }
    order["payment_history"] = [*order["payment_history"], paid]
    credit(method, -difference)
    order["status"] = "pending (item modified)"
    return order


def exchange_delivered_order_items(
    db: Db, order_id: str, item_ids: Sequence[str], new_item_ids: Sequence[str], payment_method_id: str
) -> Any:
    """Ask for other variants in place of delivered items; the difference is written down."""
    order = order_in(db, order_id, "delivered")
    difference = swap(db, order, item_ids, new_item_ids, payment_method_id)[2]
    order |= {
        "status": "exchange requested",
        "exchange_items": sorted(item_ids),
        "exchange_new_items": sorted(new_item_ids),
        "exchange_payment_method_id": payment_method_id,
        "exchange_price_difference": difference,
    }
    return order


def return_delivered_order_items(db: Db, order_id: str, item_ids: Sequence[str], payment_method_id: str) -> Any:
    """Ask to send delivered items back, paid back by the way they were paid or onto a gift card."""
    order = order_in(db, order_id, "delivered")
    method = of(of(db["users"], order["user_id"])["payment_methods"], payment_method_id)
    first = order["payment_history"][0]["payment_method_id"]
    if method["source"] != "gift_card" and payment_method_id != first:
        raise ValueError("neither the way it was paid nor a gift card")
    positions(order, item_ids)
    order |= {
        "status": "return requested",
        "return_items": sorted(item_ids),
        "return_payment_method_id": payment_method_id,
    }
    return order
