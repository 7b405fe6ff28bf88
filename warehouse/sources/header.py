"""Which of a file's columns is which of the contract's: every column is one of ours, kept as unknown, or a reason to refuse."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from warehouse.contracts import Extract
from warehouse.sources.bounds import MOST_COLUMNS
from warehouse.sources.gateway import refused_columns
from warehouse.sources.mapping import SourceMapping, fold
from warehouse.sources.refusal import FileRefused
from warehouse.sources.rows import Rows


@dataclass(frozen=True)
class Arranged:
    """A file's values under the contract's names, and under their own names where the contract has none."""

    known: dict[str, pa.Array]
    unknown: dict[str, pa.Array]


def arrange(rows: Rows, extract: Extract, source: SourceMapping) -> Arranged:
    """The columns of a file told apart, their agency's values in ours. Raises FileRefused for a header that cannot be used."""
    if len(rows.header) > MOST_COLUMNS:
        raise FileRefused(f"its first line names {len(rows.header):,} columns. Send those of the contract")
    ours = [_ours(name, extract, source) for name in rows.header]
    _refuse_unusable(rows.header, ours, extract)
    known = {name: _translated(values, source, name) for name, values in zip(ours, rows.values, strict=True) if name is not None}
    return Arranged(known, _unknown(rows, ours))


def _ours(theirs: str, extract: Extract, source: SourceMapping) -> str | None:
    folded = fold(theirs)
    mapped = source.columns.get(folded)
    return mapped if mapped is not None else folded if folded in extract.column_names else None


def _refuse_unusable(header: tuple[str, ...], ours: list[str | None], extract: Extract) -> None:
    known = [name for name in ours if name is not None]
    if not known:
        raise FileRefused(
            "no header row was found: the first line names none of the columns. It must name them, separated by commas; "
            f"if these are the agency's own names, map them in the agencies file ({extract.name})"
        )
    # names are repeated only past this point: the first line of a file without a header would be somebody's data
    if refused := refused_columns(header):
        raise FileRefused(
            f"it carries health or social-care information, for which there is no gateway: column {', '.join(map(repr, refused))}. "
            "Ask the sender to cut the extract again without, and to delete what was sent"
        )
    if missing := [name for name in extract.required_names if name not in known]:
        raise FileRefused(
            f"required column missing: {', '.join(missing)}. Ask the sender to add it, "
            f"or map the agency's name for it in the agencies file ([sources.{extract.name}.columns])"
        )
    if twice := sorted({name for name in known if known.count(name) > 1}):
        raise FileRefused(f"more than one column is {', '.join(twice)}. Ask the sender to keep one, or mend the agencies file")


def _unknown(rows: Rows, ours: list[str | None]) -> dict[str, pa.Array]:
    found: dict[str, pa.Array] = {}
    for place, (theirs, name, values) in enumerate(zip(rows.header, ours, rows.values, strict=True), start=1):
        if name is None:
            title = theirs or f"column {place}"
            found[f"{title} ({place})" if title in found else title] = values
    return found


def _translated(values: pa.Array, source: SourceMapping, name: str) -> pa.Array:
    theirs_to_ours = source.values.get(name)
    if theirs_to_ours is None:
        return values
    coded = values.dictionary_encode()
    words = [None if word is None else theirs_to_ours.get(fold(word), word) for word in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(words, pa.string())).cast(pa.string())
