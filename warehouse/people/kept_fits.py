"""Which sets of names the names in texts fit, kept from night to night: of names and sets that were held against one another before, what was found stands.

With a new model, or other code, all are held against one another anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from warehouse.people import forenames, known_people, name_fits, rows_of, signs
from warehouse.people.name_fits import FIT, NameFitter, Sets, fits_of
from warehouse.people.readings import READ_BY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from warehouse.people.name_fits import Name

FITTED_BY = (*READ_BY, known_people, name_fits, rows_of, signs)
"""Fits are kept as places in the lists of `signs`."""
KEPT_FITS = (
    "people.name_fit (name_key ubigint, set_key ubigint, surname_fit tinyint, forename_fit tinyint)",
    "people.fitted_name (name_key ubigint)",
    "people.fitted_set (set_key ubigint)",
)
"""The tables that one night leaves for the next: what fits, and which names and sets were held against one another."""
WRITTEN_ANEW = tuple(f"create or replace table people.{name} as from linkage.{name}" for name in ("name_fit", "fitted_name", "fitted_set"))
BROUGHT_FORWARD = (
    "delete from people.name_fit where name_key not in (from linkage.fitted_name) or set_key not in (from linkage.fitted_set)",
    "insert into people.name_fit from linkage.name_fit",
    *(
        statement
        for name, key in (("fitted_name", "name_key"), ("fitted_set", "set_key"))
        for statement in (
            f"delete from people.{name} where {key} not in (from linkage.{name})",
            f"insert into people.{name} from linkage.{name} anti join people.{name} using ({key})",
        )
    ),
)
"""What replaces them, with a new model and without; linkage.name_fit has what was found tonight."""


@dataclass(frozen=True)
class Fitted:
    """The names and the sets that were held against one another, and which of these fit."""

    names: pl.Series
    sets: pl.Series
    fits: pl.DataFrame

    @classmethod
    def nothing(cls) -> Fitted:
        """Before the first night."""
        return cls(pl.Series(dtype=pl.UInt64), pl.Series(dtype=pl.UInt64), pl.DataFrame(schema=FIT))


@cache
def definition_id() -> int:
    """A number for the code that holds names against sets, its list of forenames' forms, and for what hashes them."""
    files = sorted(Path(module.__file__ or "") for module in FITTED_BY)
    told = [*(file.read_bytes() for file in [*files, forenames.OTHER_FORMS]), pl.__version__.encode()]
    return int(hashlib.sha256(b"".join(told)).hexdigest()[:8], 16)


def keyed(names: Sequence[Name], asked: Sequence[int]) -> pl.DataFrame:
    """The names asked for that have a forename and a surname (number, name_key, forename, surname); other code knows them by other keys."""
    rows = [(number, names[number][0], names[number][1]) for number in asked]
    told = pl.DataFrame(rows, {"number": pl.Int64, "forename": pl.String, "surname": pl.String}, orient="row").drop_nulls()
    return told.with_columns(name_key=pl.struct("forename", "surname").hash(definition_id()))


def fit_names(names: pl.DataFrame, sets: Sets, fits: NameFitter, before: Fitted) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Which sets each name fits: all of it, and what of it was found tonight."""
    once = names.unique("name_key", maintain_order=True).select("name_key", "forename", "surname")
    is_known = once["name_key"].is_in(before.names.implode())
    known, new = once.filter(is_known), once.filter(~is_known)
    new_sets = sets.among(np.flatnonzero((~sets.key.is_in(before.sets.implode())).to_numpy()))
    found = pl.concat([fits_of(new, sets, fits), fits_of(known, new_sets, fits)])
    stands = before.fits.filter(pl.col("name_key").is_in(known["name_key"].implode()) & pl.col("set_key").is_in(sets.key.implode()))
    return pl.concat([stands, found]), found


def fetch_fitted(con: duckdb.DuckDBPyConnection) -> Fitted:
    """What stood the night before."""
    names, sets = (
        con.sql(f"select {key} from people.{name}").pl()[key] for name, key in (("fitted_name", "name_key"), ("fitted_set", "set_key"))
    )
    return Fitted(names, sets, con.sql("select name_key, set_key, surname_fit, forename_fit from people.name_fit").pl())


def leave_fitted(con: duckdb.DuckDBPyConnection, names: pl.DataFrame, sets: Sets, found: pl.DataFrame) -> None:
    """Make linkage.fitted_name, linkage.fitted_set and linkage.name_fit, for the next night."""
    told = {"fitted_name": names.select("name_key").unique(), "fitted_set": pl.DataFrame({"set_key": sets.key}), "name_fit": found}
    for name, frame in told.items():
        con.register("incoming", frame.sort(frame.columns).to_arrow())
        con.execute(f"create or replace table linkage.{name} as from incoming")
        con.unregister("incoming")
