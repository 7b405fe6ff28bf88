"""How common a name is among the people it is common among: forenames by the communities that surnames belong to.

A forename that is rare in a county can be common among people of one surname (Mohammed Khan, Kacper Nowak). Communities are not given;
they are found as classes of a mixture in which forename and surname are independent within a class (probabilistic latent semantic
analysis), from distinct people rather than records, so that a person with many records does not make their name common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from warehouse.people.carelessness import IS_UNDATED

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

CLASSES = 12
ROUNDS = 60
SEED = 7
SMOOTHING = 0.05
LEAST_SHARE_OF_MARGINAL = 0.5
# What is believed of a name before anyone is counted: as common as one of RARE_AS, held as firmly as if so many people had been counted.
COUNTED = ("street_name", "town", "birth_place", "occupation")
BELIEVED_PEOPLE, RARE_AS = 5000, 0.0002
FREQUENCY_COLUMNS = ("full_name", "surname_clean", "street_name", "town", "birth_place", "occupation")


def find_names(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make `name_term` (kind, name, frequency, shares) from `table`: of a forename its frequency in each class, of a surname its classes."""
    counted = con.execute(
        f"select forename, surname_clean, count(*)::double as people from "
        f"(select distinct forename, surname_clean, born from {table} where forename is not null and surname_clean is not null "
        f"and (born is not null or {IS_UNDATED.format(table=table)})) "
        f"group by forename, surname_clean order by forename, surname_clean"
    ).fetchnumpy()
    forenames, surnames = counted["forename"].astype(str), counted["surname_clean"].astype(str)
    con.register("incoming", _classes(forenames, surnames, counted["people"]))
    con.execute(
        f"create or replace table name_term as from incoming {' '.join(_counted(kind, table) for kind in COUNTED)} order by kind, name"
    )
    con.unregister("incoming")


def _counted(kind: str, table: str) -> str:
    return (
        f"union all by name select '{kind}' as kind, {kind} as name, "
        f"(count(*) + {BELIEVED_PEOPLE * RARE_AS}) / (sum(count(*)) over () + {BELIEVED_PEOPLE}) as frequency, [] as shares "
        f"from {table} where {kind} is not null group by {kind}"
    )


def find_frequencies(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make a table per column by which Splink weighs a shared name, frequency_<column>, of the names in `table` by what `name_term` knows.

    `full_name` stands for the forename among people of that surname.
    """
    con.execute(
        f"""create or replace table frequency_full_name as
        with wanted as (select distinct full_name, forename, surname_clean from {table} where full_name is not null),
        every as (select shares, frequency as counted from name_term where kind = 'class')
        select
            full_name,
            greatest(
                every.counted * coalesce(list_inner_product(given.shares, coalesce(family.shares, every.shares)), 0) + (1 - every.counted) * {RARE_AS},
                {LEAST_SHARE_OF_MARGINAL} * coalesce(given.frequency, (1 - every.counted) * {RARE_AS})
            ) as tf_full_name
        from wanted cross join every
        left join name_term as given on given.kind = 'forename' and given.name = wanted.forename
        left join name_term as family on family.kind = 'surname' and family.name = wanted.surname_clean
        order by full_name"""
    )
    for column, kind in (("surname_clean", "surname"), *zip(COUNTED, COUNTED, strict=True)):
        con.execute(
            f"""create or replace table frequency_{column} as
            with every as (select frequency as counted from name_term where kind = 'class')
            select wanted.{column}, coalesce(known.frequency, (1 - every.counted) * {RARE_AS}) as tf_{column}
            from (select distinct {column} from {table} where {column} is not null) as wanted cross join every
            left join name_term as known on known.kind = '{kind}' and known.name = wanted.{column}
            order by {column}"""
        )


def _classes(forenames: NDArray[np.str_], surnames: NDArray[np.str_], people: NDArray[np.float64]) -> pa.Table:
    forename_list, f = np.unique(forenames, return_inverse=True)
    surname_list, s = np.unique(surnames, return_inverse=True)
    in_class_f, in_class_s, weight = _mixture(f, s, people, len(forename_list), len(surname_list))
    total = max(people.sum(), 1.0)
    of_surname = in_class_s * weight
    of_surname /= np.maximum(of_surname.sum(axis=1, keepdims=True), 1e-300)
    return pa.table({
        "kind": ["forename"] * len(forename_list) + ["surname"] * len(surname_list) + ["class"],
        "name": [*forename_list, *surname_list, ""],
        "frequency": [*_frequency(f, people, len(forename_list)), *_frequency(s, people, len(surname_list)), total / (total + BELIEVED_PEOPLE)],
        "shares": pa.array([*in_class_f.tolist(), *of_surname.tolist(), weight.tolist()], pa.list_(pa.float64())),
    })  # fmt: skip


def _frequency(place: NDArray[np.int64], people: NDArray[np.float64], names: int) -> NDArray[np.float64]:
    counted: NDArray[np.float64] = np.bincount(place, people, names).astype(np.float64)
    frequency: NDArray[np.float64] = (counted + BELIEVED_PEOPLE * RARE_AS) / (people.sum() + BELIEVED_PEOPLE)
    return frequency


def _mixture(
    f: NDArray[np.int64], s: NDArray[np.int64], people: NDArray[np.float64], forenames: int, surnames: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """P(forename | class), P(surname | class) and P(class), by expectation maximisation from a fixed start."""
    generator = np.random.default_rng(SEED)
    in_f = generator.dirichlet(np.full(CLASSES, 0.5), forenames)
    in_f /= np.maximum(in_f.sum(axis=0), 1e-300)
    in_s = np.full((surnames, CLASSES), 1.0 / max(surnames, 1))
    weight = np.full(CLASSES, 1.0 / CLASSES)
    added_to = [((place[:, None] * CLASSES + np.arange(CLASSES)).ravel(), names) for place, names in ((f, forenames), (s, surnames))]
    for _ in range(ROUNDS):
        belongs = in_f[f] * in_s[s] * weight
        belongs *= (people / np.maximum(belongs.sum(axis=1), 1e-300))[:, None]
        in_f, in_s = (
            np.bincount(cells, belongs.ravel(), names * CLASSES).astype(np.float64).reshape(names, CLASSES) for cells, names in added_to
        )
        weight = belongs.sum(axis=0) / max(people.sum(), 1.0)
        in_f = (in_f + SMOOTHING / CLASSES) / (in_f.sum(axis=0) + SMOOTHING * forenames / CLASSES)
        in_s = (in_s + SMOOTHING / CLASSES) / (in_s.sum(axis=0) + SMOOTHING * surnames / CLASSES)
    return in_f, in_s, weight
