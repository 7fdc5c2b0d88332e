"""``frontdesk tools`` as an operator runs it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frontdesk.cli import main
from frontdesk.cli.toollines import open_calls, table, who_may
from frontdesk.desk.load import Desk
from tests.cli.conftest import Command

LEGACY = Path(__file__).resolve().parents[2] / "examples" / "legacy"
DESK = """\
name: corner
business: Corner Shop
demo: {subject: C-1, scopes: ["seats:read", "seats:write"]}
"""
INTENTS = """\
intents:
  - name: seat
    title: see a seat
    description: Which seat is mine
    utterances: [which seat is mine, where do I sit]
    tools: [get_seat]
  - name: change_seat
    title: change a seat
    description: Change my seat
    utterances: [I want another seat, change my seat please]
    tools: [take_seat]
"""
READ = """\
name: get_seat
description: Looks up the customer's seat.
effect: read
scopes: ["seats:read"]
owner: {argument: customer_id}
input:
  type: object
  properties:
    customer_id: {type: string, maxLength: 20}
  required: [customer_id]
  additionalProperties: false
output: {type: object, properties: {seat: {type: string}}}
connector: {kind: python, options: {function: "seats.py:get"}}
"""
WRITE = """\
name: take_seat
description: Gives the customer another seat.
effect: write
scopes: ["seats:write"]
roles: [guest]
owner: {argument: customer_id}
confirm: always
question: Shall I give you seat {seat}?
input:
  type: object
  properties:
    customer_id: {type: string, maxLength: 20}
    seat: {type: string, pattern: "^[0-9]{1,2}[A-F]$", description: Row and letter}
  required: [customer_id, seat]
  additionalProperties: false
output: {type: object, properties: {seat: {type: string}, email: {type: string}}}
connector: {kind: python, options: {function: "seats.py:take"}}
"""
CODE = """\
from pathlib import Path

EFFECTS = Path(__file__).with_name("effects")


async def get(arguments, call):
    return {"seat": "1A"}


async def take(arguments, call):
    with EFFECTS.open("a") as file:
        file.write(arguments["customer_id"] + arguments["seat"] + chr(10))
    return {"seat": arguments["seat"], "email": ""}
"""
Tools = Callable[..., tuple[int, str, str]]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    root = tmp_path / "corner"
    (root / "tools").mkdir(parents=True)
    texts = {
        "desk.yaml": DESK,
        "intents.yaml": INTENTS,
        "seats.py": CODE,
        "tools/get_seat.yaml": READ,
        "tools/take_seat.yaml": WRITE,
    }
    for name, text in texts.items():
        (root / name).write_text(text, "utf-8")
    return root


@pytest.fixture
def tools(tmp_path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tools:
    """Runs ``frontdesk tools …`` in this process: exit code, standard output, standard error."""
    for name, value in {"HOME": str(tmp_path / "home"), "REDIS": "memory", "DESK": str(desk)}.items():
        monkeypatch.setenv(f"FRONTDESK_{name}", value)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main(["tools", *arguments])
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return run


def effects(desk: Path) -> list[str]:
    file = desk / "effects"
    return file.read_text().split() if file.exists() else []


def test_list_and_show(tools: Tools) -> None:
    code, out, _ = tools("list")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["name", "effect", "scopes", "verified", "confirm", "connector"],
        ["get_seat", "read", "seats:read", "none", "never", "python"],
        ["take_seat", "write", "seats:write", "none", "always", "python"],
    ]
    assert json.loads(tools("list", "--json")[1])[1]["roles"] == ["guest"]
    code, out, _ = tools("show", "take_seat", "--json")
    told = json.loads(out)
    assert code == 0
    assert set(told["definition"]["function"]["parameters"]["properties"]) == {"seat"}
    assert told["who"] == (
        "a caller with the scope seats:write, in the role guest, for what is theirs (the argument customer_id must be the caller's id)"
    )
    code, out, _ = tools("show", "take_seat")
    assert "question: Shall I give you seat {seat}?" in out
    code, _, err = tools("show", "take_sea")
    assert (code, "did you mean `take_seat`" in err) == (2, True)


CALLS: list[tuple[str, list[str], int, dict[str, Any]]] = [
    ("a read", ["get_seat"], 0, {"outcome": "done", "dry": False, "result": {"seat": "1A"}}),
    ("a read, dry", ["get_seat", "--dry-run"], 0, {"outcome": "done", "dry": True}),
    ("without the scope", ["get_seat", "--scope", "seats:write"], 1, {"outcome": "refused", "reason": "missing_scope"}),
    ("without the role", ["take_seat", '{"seat": "2B"}', "--yes"], 1, {"reason": "missing_role"}),
    ("somebody else's", ["get_seat", '{"customer_id": "C-2"}'], 1, {"reason": "not_found"}),
    ("not valid", ["take_seat", '{"seat": "row 2"}', "--role", "guest", "--yes"], 1, {"reason": "not_valid"}),
    ("a write by default", ["take_seat", '{"seat": "2B"}', "--role", "guest"], 0, {"outcome": "confirm", "dry": True, "question": "Shall I give you seat 2B?"}),
]  # fmt: skip


@pytest.mark.parametrize(("word", "arguments", "code", "told"), CALLS, ids=[row[0] for row in CALLS])
def test_a_call_goes_through_the_gateway(
    tools: Tools, desk: Path, word: str, arguments: list[str], code: int, told: dict[str, Any]
) -> None:
    found, out, _ = tools("call", *arguments)
    answer = json.loads(out)
    assert (found, {name: answer[name] for name in told}) == (code, told)
    assert effects(desk) == []


def test_a_write_happens_with_a_yes(tools: Tools, desk: Path) -> None:
    code, out, err = tools("call", "take_seat", '{"seat": "2B"}', "--as", "C-7", "--role", "guest", "--yes")
    assert code == 0
    assert json.loads(out)["result"] == {"seat": "2B", "email": ""}
    assert err.splitlines()[-1] == "asked: Shall I give you seat 2B?"
    assert effects(desk) == ["C-72B"]


WRONG: list[tuple[str, list[str], str]] = [
    ("no such tool", ["get_set"], "did you mean `get_seat`"),
    ("no JSON", ["get_seat", "seat 2B"], "not one JSON object"),
    ("no object", ["get_seat", "[1]"], "not one JSON object"),
    ("no level", ["get_seat", "--verified", "much"], "allowed: none, basic, strong"),
    ("both", ["take_seat", "{}", "--yes", "--dry-run"], "contradict"),
]


@pytest.mark.parametrize(("word", "arguments", "told"), WRONG, ids=[row[0] for row in WRONG])
def test_a_wrong_call(tools: Tools, word: str, arguments: list[str], told: str) -> None:
    code, out, err = tools("call", *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_lint_tells_advice_and_leaves_with_0(tools: Tools, desk: Path) -> None:
    code, out, _ = tools("lint", str(desk))
    lines = out.splitlines()
    assert code == 0
    assert lines[-1].startswith("0 faults, ")
    for line, problem in (
        (3, "nobody heard back from"),
        (3, "nothing undoes it"),
        (3, "call it without end"),
        (7, "before anybody looked"),
        (16, "`email` looks like personal data"),
    ):
        assert any(text.startswith(f"tools/take_seat.yaml:{line}: advice: ") and problem in text for text in lines), (
            problem
        )
    assert tools("lint", str(desk), "--strict")[0] == 1


def test_lint_tells_every_fault_of_every_contract(tools: Tools, desk: Path) -> None:
    for name, old, new in (
        ("get_seat", "effect: read", "effect: read\ncofirm: never"),
        ("get_seat", "effect: read", "effect: read\nsensitive: [row]"),
        ("take_seat", "confirm: always", "confirm: seats > 2"),
        ("take_seat", "seats.py:take", "seats.py:give"),
    ):
        path = desk / "tools" / f"{name}.yaml"
        path.write_text(path.read_text().replace(old, new))
    code, out, _ = tools("lint", str(desk), "--connectors", "--json")
    faults = [(item["file"], item["line"]) for item in json.loads(out) if item["level"] == "fault"]
    assert code == 1
    assert faults[:3] == [("tools/get_seat.yaml", 4), ("tools/get_seat.yaml", 5), ("tools/take_seat.yaml", 7)]
    assert faults[3][0] == "tools/take_seat.yaml"
    assert "connector python" in out


@pytest.mark.parametrize("named", ["retail", str(LEGACY)])
def test_a_desk_that_opens_has_no_fault_for_the_connectors(tools: Tools, named: str) -> None:
    assert tools("lint", named, "--connectors")[0] == 0


def test_the_published_schema_takes_the_contracts(tools: Tools, desk: Path) -> None:
    import jsonschema
    from ruamel.yaml import YAML

    schema = json.loads(tools("schema")[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in (desk / "tools").glob("*.yaml"):
        jsonschema.Draft202012Validator(schema).validate(YAML(typ="safe").load(path))
    assert {
        "roles",
        "verified",
        "approval",
        "idempotency",
        "compensation",
        "retry",
        "rate",
        "cache",
        "sensitive",
    } <= set(schema["properties"])
    assert all(part.get("description") for part in schema["properties"].values())


def test_reconcile_without_open_calls(tools: Tools) -> None:
    assert tools("reconcile")[:2] == (0, "no call is open\n")


def test_open_calls_that_a_person_has_to_look_at() -> None:
    rows = [
        {"key": "ab" * 16, "tool": "take_seat", "begun": 0.0, "became": "no_lookup", "settled": False},
        {"key": "cd" * 16, "tool": "take_seat", "begun": 0.0, "became": "settled", "settled": True},
    ]
    first, second = open_calls(rows)
    assert first == "abababababab  take_seat  1970-01-01T00:00:00+00:00  no_lookup  a person has to look"
    assert second.endswith("settled")
    assert list(table([])) == ["the desk has no tools"]


def test_who_may_use_the_tools_that_ship() -> None:
    desk = Desk.load("retail")
    assert who_may(desk.tools["get_store_hours"]) == "anybody"
    assert "with the scope orders:write" in who_may(desk.tools["cancel_order"])


def test_import_openapi(tools: Tools, tmp_path: Path) -> None:
    pytest.importorskip("openapi_spec_validator")
    spec = Path(__file__).parents[1] / "tools" / "openapi" / "shop.yaml"
    _, out, _ = tools("import-openapi", str(spec), "--connection", "shop", "--out", str(tmp_path / "made"))
    written = [line.removeprefix("wrote ") for line in out.splitlines() if line.startswith("wrote ")]
    assert written
    assert "connections:" in out
    assert all("decide_which" in Path(path).read_text() for path in written)
    again, out, _ = tools("import-openapi", str(spec), "--connection", "shop", "--out", str(tmp_path / "made"))
    assert (again, "is there already" in out) == (1, True)


def test_import_mcp_and_what_the_check_says_of_it(tools: Tools, desk: Path, tmp_path: Path) -> None:
    pytest.importorskip("mcp")
    server = Path(__file__).parents[1] / "tools" / "mcp" / "shop.py"
    command = json.dumps([sys.executable, str(server)])
    connection = f"connections:\n  parcels: {{kind: mcp, options: {{command: {command}, start_seconds: 60}}}}\n"
    bare = json.dumps([sys.executable, "-S", str(server.with_name("bare.py")), str(tmp_path / "effects")])
    connection += f"  bare: {{kind: mcp, options: {{command: {bare}}}}}\n"
    (desk / "desk.yaml").write_text(DESK + connection)
    code, out, err = tools("import-mcp", "--connection", "parcels", "--out", str(desk / "tools"))
    assert (code, len(out.splitlines())) == (0, 2), err
    quote = (desk / "tools" / "quote.yaml").read_text()
    assert "effect: read" in quote
    assert "shop.example" not in quote
    assert "digest: " in quote
    assert "confirm: always" in (desk / "tools" / "book.yaml").read_text()
    code, out, _ = tools("lint", str(desk), "--json")
    faults = {(item["file"], item["problem"]) for item in json.loads(out) if item["level"] == "fault"}
    problem = "`owner.argument` names `decide_which`, which is no property of `input`"
    assert {file for file, told in faults if told == problem} == {"tools/book.yaml", "tools/quote.yaml"}
    code, _, err = tools("import-mcp", "--connection", "parcel", "--out", str(desk / "tools"))
    assert (code, "did you mean `parcels`" in err) == (2, True)
    code, _, err = tools("import-mcp", "--connection", "bare", "--tool", "ad", "--out", str(desk / "tools"))
    assert (code, "no tool ad; there are: add, crash" in err) == (2, True)


def test_a_process_of_its_own(command: Command, desk: Path) -> None:
    done = command("tools", "show", "nothing", FRONTDESK_DESK=str(desk))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("frontdesk: there is no tool 'nothing'")


MCP = """\
name: add_up
description: Adds two numbers up.
effect: read
input:
  type: object
  properties: {a: {type: integer}, b: {type: integer}}
  required: [a, b]
  additionalProperties: false
output: {type: object, properties: {sum: {type: KIND}}, required: [sum], additionalProperties: false}
connector: {kind: mcp, connection: bare, options: {tool: add}}
"""


@pytest.mark.parametrize(
    ("word", "kind", "arguments", "told"),
    [
        ("what fits", "integer", '{"a": 1, "b": 2}', {"outcome": "done", "result": {"sum": 3}}),
        (
            "an answer that breaks our contract",
            "string",
            '{"a": 1, "b": 2}',
            {"outcome": "failed", "reason": "bad_output"},
        ),
        (
            "arguments that break our contract",
            "integer",
            '{"a": 1, "b": 2, "c": 3}',
            {"outcome": "refused", "reason": "not_valid"},
        ),
    ],
)
def test_a_tool_of_a_server_is_under_our_contract(
    tools: Tools, desk: Path, tmp_path: Path, word: str, kind: str, arguments: str, told: dict[str, Any]
) -> None:
    pytest.importorskip("mcp")
    server = Path(__file__).parents[1] / "tools" / "mcp" / "bare.py"
    command = json.dumps([sys.executable, "-S", str(server), str(tmp_path / "calls")])
    (desk / "desk.yaml").write_text(DESK + f"connections:\n  bare: {{kind: mcp, options: {{command: {command}}}}}\n")
    (desk / "tools" / "add_up.yaml").write_text(MCP.replace("KIND", kind))
    intents = (desk / "intents.yaml").read_text().replace("tools: [get_seat]", "tools: [get_seat, add_up]")
    (desk / "intents.yaml").write_text(intents)
    _, out, err = tools("call", "add_up", arguments)
    answer = json.loads(out)
    assert {name: answer[name] for name in told} == told, err
    assert (tmp_path / "calls").exists() == (told["outcome"] != "refused")
    assert "as it was" not in tools("show", "add_up")[1]
