"""A small hotel with every oddity of a back office that we have not seen before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOM = {"type": "object", "properties": {"beds": {"type": "int"}, "view": {"type": "string", "nullable": True}}}
SCHEMAS: list[dict[str, Any]] = [
    {"type": "function", "function": {"name": "BookRoom", "description": "Book.", "parameters": {
        "$ref": "#/definitions/Booking",
        "definitions": {"Room": ROOM, "Booking": {"type": "dict", "required": ["guest", "rooms", "ghost"], "properties": {
            "guest": {"type": "string", "example": "G1"}, "rooms": {"type": "array", "items": {"$ref": "#/definitions/Room"}},
            "price": {"type": "float", "minimum": 0, "exclusiveMinimum": True}, "late": {"type": "boolean", "default": True},
            "ghost": {"$ref": "https://elsewhere.example/x.json"}}}}}}},
    {"name": "list-guests", "description": "All of the guests\u2028of the hotel"},
    {"name": "check_out", "description": "Ends a stay, whatever it takes", "input_schema": {
        "type": "object", "properties": {"guest-id": {"type": "string"}, "rating": {"enum": ["good", "bad", 3]}}, "required": ["guest-id"]}},
    {"name": "x", "description": "", "parameters": {"type": "object", "properties": {"bad": {"type": "string", "minLength": -1}}}},
    {"name": "fails_midway", "description": "Changes something and then raises.", "parameters": {}},
]  # fmt: skip
TASKS: list[dict[str, Any]] = [
    {"id": 1, "actions": [
        {"name": "list-guests", "arguments": {}},
        {"name": "BookRoom", "kwargs": {"guest": "G1", "rooms": [{"beds": 2, "view": None}], "price": 99.5, "ghost": 1}},
        {"name": "x", "arguments": {"bad": "anything"}},
    ]},
    {"id": "two", "actions": [
        {"name": "fails_midway", "arguments": {}},
        {"name": "check_out", "arguments": {"guest-id": "G2", "rating": 3}},
        {"name": "check_out", "arguments": {"guest-id": "nobody"}},
    ]},
    {"id": "three", "evaluation_criteria": {"actions": [
        {"name": "toggle_wifi", "arguments": {}, "requestor": "user"},
        {"name": "no_such_tool", "arguments": {"a": 1}},
        {"name": "check_out", "arguments": {"rating": "ugly"}},
    ]}},
    {"id": "four", "actions": None},
    {"id": "five", "actions": ["nonsense", {"name": "check_out", "arguments": "{broken"}]},
]  # fmt: skip
BODY = {
    "book_room": "guest, rooms, price=1.0, late=False, ghost=None",
    "list_guests": "",
    "check_out": "**given",
    "x": "bad='none'",
    "fails_midway": "",
}
FUNCTIONS = """
def _book(db, guest, rooms, price, late, ghost):
    db["bookings"].append({"guest": guest, "rooms": rooms, "price": price, "late": late})
    return {1: {"rooms"}, "price": price}
def _list(db):
    return [guest["name"] for guest in db["guests"].values()]
def _out(db, given):
    guest = db["guests"].pop(given["guest-id"])
    db["log"]["out"].append([guest["name"], given.get("rating")])
    return float("nan")
def _x(db, bad):
    db["log"]["x"] = bad
def _fail(db):
    db["guests"]["G1"]["name"] = "spoilt"
    del db["guests"]["G2"]
    raise RuntimeError("secret words")
"""
CALLS = {
    "book_room": "_book(db, guest, rooms, price, late, ghost)",
    "list_guests": "_list(db)",
    "check_out": "_out(db, given)",
    "x": "_x(db, bad)",
    "fails_midway": "_fail(db)",
}


def _functions() -> str:
    lines = [f"def {n}(db{', ' if BODY[n] else ''}{BODY[n]}):\n    return {CALLS[n]}\n" for n in BODY]
    return FUNCTIONS + "".join(lines).replace("def check_out", "async def check_out")


def _class() -> str:
    methods = [
        f"    def {n}(self{', ' if BODY[n] else ''}{BODY[n]}):\n        db = self.db\n        return {CALLS[n]}\n"
        for n in BODY
    ]
    return FUNCTIONS + "class Hotel:\n    def __init__(self, db):\n        self.db = db\n" + "".join(methods)


def _invoked() -> str:
    classes = []
    for name in BODY:
        head = f"class {''.join(part.title() for part in name.split('_'))}:\n    @staticmethod\n"
        body = f"    def invoke(data{', ' if BODY[name] else ''}{BODY[name]}):\n        db = data\n        return {CALLS[name]}\n"
        info = f"    @staticmethod\n    def get_info():\n        return {{'function': {{'name': '{name}'}}}}\n"
        classes.append(head + body + info)
    return FUNCTIONS + "".join(classes) + "ALL_TOOLS = [BookRoom, ListGuests, CheckOut, X, FailsMidway]\n"


def _made() -> str:
    pairs = ", ".join(f"'{n}': (lambda {BODY[n]}: {CALLS[n]})" for n in BODY)
    return FUNCTIONS + f"def make_tools(db):\n    return {{{pairs}}}\n"


MODULES = {"functions": _functions(), "class": _class(), "invoke": _invoked(), "factory": _made()}


def written(root: Path) -> Path:
    """Write the hotel into ``root``: schemas, tasks, tables and each module."""
    (root / "schemas.jsonl").write_text("".join(json.dumps(record) + "\n" for record in SCHEMAS))
    (root / "tasks.json").write_text(json.dumps(TASKS))
    (root / "db_guests.jsonl").write_text('{"_key": "G1", "name": "Ann"}\n{"_key": "G2", "name": "Bo"}\n')
    (root / "db_bookings.jsonl").write_text('{"guest": "G9", "rooms": [], "price": 1.5}\n')
    (root / "db_log.json").write_text('{"out": [], "x": null}')
    for name, text in MODULES.items():
        (root / f"hotel_{name}.py").write_text(text)
    return root
