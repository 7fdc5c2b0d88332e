"""`connections` of desk.yaml and the tools that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.check import report

DESK = """\
connections:
  crm:
    kind: http
    options:
      url: https://crm.example/v2
      auth: {bearer: CRM_TOKEN}
      breaker: {failures: 3, pause: 10}
"""
TOOL = """\
name: get_ticket
description: Looks up one ticket of the customer.
effect: read
owner: {argument: customer_id}
input:
  type: object
  properties:
    customer_id: {type: string}
    ticket_id: {type: string, maxLength: 20}
  required: [customer_id, ticket_id]
  additionalProperties: false
output: {type: object, properties: {state: {type: string}}}
connector:
  kind: http
  connection: crm
  options:
    method: GET
    path: /tickets/{ticket_id}
    result: {state: /state}
    errors: {"404": not_found}
"""


def written(desk: Path, config: str = DESK, tool: str = TOOL) -> Path:
    (desk / "desk.yaml").write_text((desk / "desk.yaml").read_text() + config)
    (desk / "tools" / "get_ticket.yaml").write_text(tool)
    return desk


def test_a_sound_connection_has_no_faults(desk: Path) -> None:
    assert report(written(desk)) == []


CONFIG: list[tuple[str, str, str, str, str]] = [
    ("kind", "kind: http", "kind: htp", "unknown kind of connection `htp`", "did you mean `http`"),
    ("plain http", "https://crm.example", "http://crm.example", "plain http needs `private: true`", ""),
    ("no url", "https://crm.example/v2", "crm.example", "must read https://host", ""),
    ("a secret in the url", "https://crm", "https://me:s3cr3t@crm", "may hold no user", ""),
    ("a climbing prefix", "/v2", "/../v2", "plain segments", ""),
    ("unknown key", "auth: {bearer: CRM_TOKEN}", "auht: {bearer: CRM_TOKEN}", "auht", "auth"),
    ("a secret instead of its name", "CRM_TOKEN", "s3cr3t", "`auth.bearer` is not the name", "never the secret"),
    ("two ways to sign in", "{bearer: CRM_TOKEN}", "{bearer: CRM_TOKEN, basic: [A, B]}", "exactly one of", ""),
    ("number", "failures: 3", "failures: 0", "breaker.failures", "1"),
    ("a header of ours", "auth: {bearer: CRM_TOKEN}", "headers: {Host: x}", "host is set by the connector", ""),
]
CONTRACT: list[tuple[str, str, str, str, str]] = [
    ("unknown connection", "connection: crm", "connection: crn", "no connection `crn`", "did you mean `crm`"),
    ("none", "  connection: crm\n", "", "needs a connection", "crm"),
    ("method", "method: GET", "method: POST", "what reads needs GET", "docs/gateway.md"),
    ("unknown method", "method: GET", "method: FETCH", "GET", ""),
    ("argument", "/tickets/{ticket_id}", "/tickets/{ticket}", "no argument is called ticket", ""),
    ("query in the path", "/tickets/{ticket_id}", "/tickets?id=1", "path", ""),
    ("pointer", "{state: /state}", "{state: state}", "result", ""),
    ("status", '"404"', '"44"', "not an HTTP status", ""),
    ("unknown option", "    method: GET", "    verb: GET\n    method: GET", "verb", ""),
]


@pytest.mark.parametrize(("word", "old", "new", "problem", "remedy"), CONFIG, ids=[row[0] for row in CONFIG])
def test_faults_of_a_connection(desk: Path, word: str, old: str, new: str, problem: str, remedy: str) -> None:
    assert old in DESK
    faults = [fault for fault in report(written(desk, config=DESK.replace(old, new))) if fault.file == "desk.yaml"]
    assert any(problem in fault.problem + fault.remedy and remedy in fault.remedy for fault in faults), (word, faults)
    assert "s3cr3t" not in " ".join(str(fault) for fault in faults)


@pytest.mark.parametrize(("word", "old", "new", "problem", "remedy"), CONTRACT, ids=[row[0] for row in CONTRACT])
def test_faults_of_a_contract(desk: Path, word: str, old: str, new: str, problem: str, remedy: str) -> None:
    assert old in TOOL
    faults = [fault for fault in report(written(desk, tool=TOOL.replace(old, new))) if fault.file.startswith("tools/")]
    assert any(problem in fault.problem and remedy in fault.remedy for fault in faults), (word, faults)
    assert all(fault.line > 1 for fault in faults)


def test_a_connection_that_no_tool_uses(desk: Path) -> None:
    (desk / "desk.yaml").write_text((desk / "desk.yaml").read_text() + DESK)
    assert [fault.problem for fault in report(desk)] == ["no tool uses the connection `crm`"]
