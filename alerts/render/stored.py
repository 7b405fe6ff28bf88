"""A list's content back from its record, exactly as it was when it was issued."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from alerts.render.content import ListContent


class RecordOfAnotherVersionError(Exception):
    """The record of an issued list lacks what this version's lists hold, or holds more."""


def content_from(plain: dict[str, Any]) -> ListContent:
    """The content whose plain values (content.as_json) these are. Raises RecordOfAnotherVersionError."""
    try:
        content: ListContent = _made(ListContent, plain)
    except (KeyError, TypeError, ValueError) as error:
        raise RecordOfAnotherVersionError(
            f"the record of this list was written by another version of the software ({type(error).__name__}: {error}): "
            "its files stand as issued, and only that version can make them again"
        ) from error
    return content


def _made(kind: Any, plain: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        if set(plain) != set(hints):
            raise KeyError(", ".join(sorted(set(plain) ^ set(hints))))
        return kind(**{field.name: _made(hints[field.name], plain[field.name]) for field in fields(kind)})
    if get_origin(kind) is UnionType:
        return None if plain is None else _made(next(one for one in get_args(kind) if one is not type(None)), plain)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), plain)
    return date.fromisoformat(plain) if kind is date else plain


def _tuple(kinds: tuple[Any, ...], plain: list[Any]) -> tuple[Any, ...]:
    each = kinds[:1] * len(plain) if kinds[-1] is Ellipsis else kinds
    return tuple(_made(kind, one) for kind, one in zip(each, plain, strict=True))
