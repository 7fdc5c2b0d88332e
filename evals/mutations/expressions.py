"""A contract's expressions, evaluated a second time: by Python's own grammar, without a template engine."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

_FIXED: Mapping[str, bool] = {"always": True, "never": False, "": False}
_WORDS: Mapping[str, Any] = {"true": True, "false": False, "none": None}
_OPERATORS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class UnsureError(Exception):
    """It cannot be told: a field is not there, or this grammar has no such thing."""


def asked(text: str, record: Mapping[str, Any], arguments: Mapping[str, Any]) -> bool:
    """Whether somebody has to be asked: where the expression holds, and where it cannot be told.

    Args:
        text: ``confirm`` or ``approval`` of a contract.
        record: What its precheck found.
        arguments: Of the call; they go before the record's fields.
    """
    if text in _FIXED:
        return _FIXED[text]
    if text == "several":
        return record.get("count") != 1 or record["count"] is True
    try:
        found = _value(ast.parse(text, mode="eval").body, {**record, **arguments})
    except (UnsureError, TypeError, ZeroDivisionError, SyntaxError):
        return True
    return found is not False


def _value(node: ast.expr, fields: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return _WORDS[name] if name in _WORDS else _field(fields, name)
        case ast.Attribute(value=inner, attr=name):
            return _field(_value(inner, fields), name)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [_value(item, fields) for item in items]
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_value(part, fields) for part in parts[:-1]) and _value(parts[-1], fields)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_value(part, fields) for part in parts[:-1]) or _value(parts[-1], fields)
    return _operated(node, fields)


def _operated(node: ast.expr, fields: Mapping[str, Any]) -> Any:
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return not _value(inner, fields)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, fields)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left, fields), _value(right, fields))
        case ast.Compare(left=left, ops=ops, comparators=others):
            values = [_value(part, fields) for part in (left, *others)]
            if all(type(op) in _OPERATORS for op in ops):
                return all(_OPERATORS[type(op)](values[at], values[at + 1]) for at, op in enumerate(ops))
    raise UnsureError


def _field(record: Any, name: str) -> Any:
    if not isinstance(record, Mapping) or name not in record:
        raise UnsureError
    return record[name]
