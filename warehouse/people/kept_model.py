"""The linkage model from night to night: trained twice a year on what was known by a fixed day, kept in the warehouse, used until the next.

The day is fixed by the calendar, not by when a run happens to take place, so that a night asked for again, or from nothing, links the same.
Files that come late tell of that time too: what was learned stays until they are a tenth of it, so that ids stay quiet, and then is learned anew.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from warehouse.people.blocking import find_common_values
from warehouse.people.candidates import prepare
from warehouse.people.carelessness import find_slips
from warehouse.people.cleaning import clean_records
from warehouse.people.commonness import find_names
from warehouse.people.lexicon import keep_lexicon
from warehouse.people.linkage import FEWEST_TO_TRAIN, Model, definition_id, train
from warehouse.people.signs import Weights
from warehouse.people.variants import learn_variants

if TYPE_CHECKING:
    import duckdb

    from warehouse.people.company import Signs

TRAINING_MONTHS = (4, 10)
OUTGROWN = 1.1
LEARNED_FROM = ("incident", "incident_party", "intelligence", "intelligence_subject", "exclusion")
KEPT = {
    "model": "model",
    "model_name": "name_term",
    "model_variant": "name_variant",
    "model_common": "common",
    "model_sign": "model_sign",
    "model_weight": "model_weight",
    "lexicon": "lexicon",
    "model_word": "word_place",
    "model_post": "post_district",
    "model_no_number": "no_number",
}


def training_day(as_of: date) -> date:
    """The last 1 April or 1 October up to `as_of`."""
    days = [date(year, month, 1) for year in (as_of.year - 1, as_of.year) for month in TRAINING_MONTHS]
    return max(day for day in days if day <= as_of)


def fetch_model(con: duckdb.DuckDBPyConnection, work: duckdb.DuckDBPyConnection, as_of: date) -> tuple[Model, bool]:
    """Tonight's model and whether it is a new one; its names, variants and common values are put into the work catalog."""
    day = _day_with_enough(con, as_of)
    versions = _versions_known(con, day)
    # Tomorrow is only asked for where too little is known for a training day, and learning is quick: then any difference counts.
    fits = "versions = $2" if day > as_of else f"$2 <= {OUTGROWN} * coalesce(versions, $2)"
    kept = con.execute(
        f"select model_id, settings from people.model where trained_for = $1 and definition_id = $3 and {fits}",
        [day, versions, definition_id()],
    ).fetchall()
    if kept:
        for table, working in KEPT.items():
            con.execute(f"create or replace table linkage.{working} as from people.{table}")
        return Model(*kept[0]), False
    moment = datetime.combine(day, datetime.min.time())
    clean_records(con, moment)
    keep_lexicon(con, moment)
    return train_anew(work, day, versions), True


def _versions_known(con: duckdb.DuckDBPyConnection, day: date) -> int:
    """How many versions of records are known from before `day`, however late their file came."""
    counted = " union all ".join(f"select count(*) as n from known.{table} where known_from < $day" for table in LEARNED_FROM)
    [(versions,)] = con.execute(f"select sum(n)::bigint from ({counted})", {"day": day}).fetchall()
    assert isinstance(versions, int)
    return versions


def _day_with_enough(con: duckdb.DuckDBPyConnection, as_of: date) -> date:
    """The training day if there were records enough to train on, else the month's first, else tomorrow: all that is known tonight."""
    for day in (training_day(as_of), as_of.replace(day=1)):
        [(records,)] = con.execute("select count(*) from known.incident_party where known_from < ?", [day]).fetchall()
        if records >= FEWEST_TO_TRAIN:
            return day
    return as_of + timedelta(days=1)


def train_anew(work: duckdb.DuckDBPyConnection, day: date, versions: int) -> Model:
    """A model learned from `record`, as known by `day` in so many versions.

    Leaves it and its names, variants and common values in the work catalog, and `candidate`.
    """
    find_common_values(work, "record")
    learn_variants(work, "record")
    find_names(work, "record")
    find_slips(work, "record")
    prepare(work, "record")
    model = train(work, "candidate")
    work.execute(
        "create or replace table model (model_id varchar, definition_id varchar, trained_for date, settings varchar, versions bigint)"
    )
    work.execute("insert into model values (?, ?, ?, ?, ?)", [model.model_id, definition_id(), day, model.settings, versions])
    return model


def keep_signs(work: duckdb.DuckDBPyConnection, signs: Signs) -> None:
    """Put what company says beside the model, as model_sign (is_reported, sign, level, factor)."""
    rows = [
        (is_reported, sign, level, factor)
        for is_reported, told in signs.items()
        for sign, by in told.items()
        for level, factor in enumerate(by)
    ]
    work.execute("create or replace table model_sign (is_reported boolean, sign varchar, level tinyint, factor double)")
    work.executemany("insert into model_sign values (?, ?, ?, ?)", rows)


def fetch_signs(con: duckdb.DuckDBPyConnection) -> Signs:
    """What company says by linkage.model_sign."""
    signs: Signs = {False: {}, True: {}}
    for is_reported, sign, factors in con.execute(
        "select is_reported, sign, list(factor order by level) from linkage.model_sign group by is_reported, sign"
    ).fetchall():
        signs[is_reported][sign] = tuple(factors)
    return signs


def keep_weights(work: duckdb.DuckDBPyConnection, weights: Weights) -> None:
    """Put the weights by which a name in a text is joined to a person beside the model, as model_weight (sign, weight)."""
    work.execute("create or replace table model_weight (sign varchar, weight double)")
    work.executemany("insert into model_weight values (?, ?)", list(weights.by_meaning().items()))


def fetch_weights(con: duckdb.DuckDBPyConnection) -> Weights:
    """The weights of linkage.model_weight."""
    return Weights(dict(con.execute("select sign, weight from linkage.model_weight").fetchall()))
