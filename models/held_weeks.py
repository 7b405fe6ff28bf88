"""Many pair-weeks in little room: who, when and what followed stay a table, the features of each as-of day are packed, and unpacked when asked for.

The features of the two years that a county's training rests on fill gigabytes, and it looks at some columns, or some weeks, at a time. Packed they take
a fifth, and come out to the last digit as they went in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import accumulate

import polars as pl

KEYS = ("pair_id", "as_of", "week", "hit")


@dataclass(frozen=True)
class Pack:
    """The features of the pair-weeks of one as-of day."""

    rows: int
    features: bytes

    def unpacked(self, names: Sequence[str]) -> pl.DataFrame:
        """Some of the features, a row a pair-week."""
        return pl.read_ipc(BytesIO(self.features), columns=list(names))


@dataclass(frozen=True)
class HeldWeeks:
    """Pair-weeks that are read as a data frame is. `keys`: a row each, as far as known KEYS, in order of as_of; `packs`: their features, day by day;
    `nothing`: the features, of no row."""

    keys: pl.DataFrame
    packs: tuple[Pack, ...]
    nothing: pl.DataFrame

    @property
    def columns(self) -> list[str]:
        """The names of all columns."""
        return [*self.keys.columns, *self.nothing.columns]

    @property
    def height(self) -> int:
        """How many pair-weeks there are."""
        return self.keys.height

    def __getitem__(self, name: str) -> pl.Series:
        """One column."""
        return self.select(name)[name]

    def select(self, *wanted: str | pl.Expr) -> pl.DataFrame:
        """Columns, or expressions that look at one row at a time."""
        looked_at = {name for one in wanted for name in ([one] if isinstance(one, str) else one.meta.root_names())}
        if looked_at <= set(self.keys.columns):
            return self.keys.select(*wanted)
        return pl.concat(part.select(*wanted) for part in self._parts([name for name in self.columns if name in looked_at]))

    def filter(self, mask: pl.Series) -> pl.DataFrame:
        """The rows for which `mask` holds, with every column."""
        parts = zip(self._firsts(), self._parts(self.columns), strict=True)
        return pl.concat(part.filter(mask.slice(first, part.height)) for first, part in parts)

    def slice(self, offset: int, length: int) -> pl.DataFrame:
        """Neighbouring rows, with every column."""
        ends = [first + pack.rows for first, pack in zip(self._firsts(), self.packs, strict=False)]
        touched = [at for at, end in enumerate(ends) if end > offset and end - self.packs[at].rows < offset + length]
        some, begin = self._some(touched), ends[touched[0]] - self.packs[touched[0]].rows if touched else 0
        return pl.concat(some._parts(self.columns)).slice(offset - begin, length)

    def with_hits(self, hit: pl.Series) -> HeldWeeks:
        """The same with what followed each."""
        return replace(self, keys=self.keys.with_columns(hit.alias("hit")))

    def on_days(self, days: Iterable[date]) -> HeldWeeks:
        """The pair-weeks of some as-of days."""
        asked = set(days)
        day_of = self.keys["as_of"].gather(self._firsts()).to_list() if self.packs else []
        return self._some([at for at, day in enumerate(day_of) if day in asked])

    def _some(self, places: list[int]) -> HeldWeeks:
        firsts = self._firsts()
        keys = [self.keys.slice(firsts[at], self.packs[at].rows) for at in places]
        return replace(self, keys=pl.concat(keys) if keys else self.keys.clear(), packs=tuple(self.packs[at] for at in places))

    def _firsts(self) -> list[int]:
        """The place of each pack's first row; 0 where there is no pack."""
        return [0, *accumulate(pack.rows for pack in self.packs[:-1])]

    def _parts(self, names: Sequence[str]) -> Iterator[pl.DataFrame]:
        """Some columns, pack by pack; one part without rows where there is no pack."""
        features = [name for name in names if name in self.nothing.columns]
        if not self.packs:
            yield pl.concat([self.keys.clear(), self.nothing], how="horizontal").select(names)
        for first, pack in zip(self._firsts(), self.packs, strict=False):
            keys = self.keys.slice(first, pack.rows)
            yield pl.concat([keys, pack.unpacked(features)], how="horizontal").select(names) if features else keys.select(names)


Weeks = pl.DataFrame | HeldWeeks


def hold(rows: pl.DataFrame) -> HeldWeeks:
    """Holds pair-weeks (pair_id, as_of and features) that are in order of as_of."""
    names = [name for name in rows.columns if name in KEYS]
    features = rows.drop(names)
    packs = tuple(_pack(day.drop(names)) for day in rows.partition_by("as_of", maintain_order=True))
    return HeldWeeks(rows.select(names), packs, features.clear())


def joined(parts: Sequence[HeldWeeks]) -> HeldWeeks:
    """Parts of one history, each of later days than the one before."""
    return replace(parts[0], keys=pl.concat(part.keys for part in parts), packs=tuple(pack for part in parts for pack in part.packs))


def _pack(features: pl.DataFrame) -> Pack:
    written = BytesIO()
    features.write_ipc(written, compression="zstd")
    return Pack(features.height, written.getvalue())
