"""Rows of one pair or person and as-of day side by side, under one number, and measures of each such group: neighbouring rows are summed faster than
scattered ones, and always in one order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

NUMBER = "neighbours"
DAYS_APART = 10_000_000_000
"""More than there are pairs or people."""
AT_ONCE = 8
"""So many columns are worked out together before they are summed up."""
_FOLDS: Mapping[str, tuple[Callable[[pl.Expr], pl.Expr], np.ufunc, float]] = {
    "sum": (pl.Expr.sum, np.add, 0.0),
    "least": (pl.Expr.min, np.minimum, np.inf),
    "most": (pl.Expr.max, np.maximum, -np.inf),
}
"""How the rows of a group become one figure: in polars, in numpy, and what a row without a value counts as."""
_MADE_OF_ONE: tuple[Callable[[pl.Expr], pl.Expr], ...] = (lambda one: one.cast(pl.Float64),)
_MADE_OF_TWO: tuple[Callable[[pl.Expr, pl.Expr], pl.Expr], ...] = (
    lambda one, two: one + two,
    lambda one, two: one - two,
    lambda one, two: one / two,
    pl.min_horizontal,
    lambda one, two: one.clip(lower_bound=two),
)


def neighbours(rows: pl.DataFrame, who: str) -> pl.DataFrame:
    """The rows by as_of and `who` (a number), else in the order in which they were, with the number that they share."""
    return rows.with_columns(number_of(who).alias(NUMBER)).sort(NUMBER, maintain_order=True)


def number_of(who: str) -> pl.Expr:
    """One number for as_of and `who`, in the order of both."""
    return pl.col("as_of").to_physical().cast(pl.Int64) * DAYS_APART + pl.col(who)


def of_each(rows: pl.DataFrame, number: str, shared: Sequence[str], measures: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """A row for each group of neighbours, in order: the columns `shared` by its rows, and what `measures` say of them as rows.group_by(number).agg(...)
    would, in less time.

    Sums, least and greatest values, and what is reckoned from these, are taken in one pass over the rows; any other expression is left to polars.
    """
    numbers = rows[number].to_numpy()
    first = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]])) if rows.height else np.zeros(0, np.int64)
    folds: dict[str, tuple[pl.Expr, str]] = {}
    reckoned = {name: _reckoned(measure, folds) for name, measure in measures.items()}
    left = [measures[name].alias(name) for name, found in reckoned.items() if found is None]
    figures = pl.DataFrame(_folded(rows, first, folds), schema=dict.fromkeys(folds, pl.Float64))
    known = [found.alias(name) for name, found in reckoned.items() if found is not None]
    parts = [rows.select(shared)[first], figures.select(known)]
    if left:
        parts.append(rows.group_by(number, maintain_order=True).agg(left).drop(number))
    return pl.concat(parts, how="horizontal").select(*shared, *measures)


def _reckoned(measure: pl.Expr, folds: dict[str, tuple[pl.Expr, str]]) -> pl.Expr | None:
    """The expression over columns for the sums in it, which are added to `folds`; None if it holds something else that looks at many rows."""
    parts = measure.meta.pop()[::-1]
    if not parts:
        return measure if not measure.meta.root_names() else None
    for how, (fold, _, _) in _FOLDS.items():
        if len(parts) == 1 and measure.meta.eq(fold(parts[0])):
            name = f"fold {len(folds)}"
            folds[name] = (parts[0], how)
            return pl.col(name)
    makers = _MADE_OF_ONE if len(parts) == 1 else _MADE_OF_TWO if len(parts) == 2 else ()
    for make in makers:
        if measure.meta.eq(make(*parts)):
            made = [found for part in parts if (found := _reckoned(part, folds)) is not None]
            return make(*made) if len(made) == len(parts) else None
    return None


def _folded(
    rows: pl.DataFrame, first: npt.NDArray[np.int64], folds: Mapping[str, tuple[pl.Expr, str]]
) -> dict[str, npt.NDArray[np.float64]]:
    found = {}
    names = list(folds)
    for at in range(0, len(names), AT_ONCE):
        some = names[at : at + AT_ONCE]
        values = rows.select(folds[name][0].cast(pl.Float64).fill_null(_FOLDS[folds[name][1]][2]).alias(name) for name in some)
        for name in some:
            _, fold, _ = _FOLDS[folds[name][1]]
            found[name] = fold.reduceat(values[name].to_numpy(), first) if len(first) else np.zeros(0)
    return found
