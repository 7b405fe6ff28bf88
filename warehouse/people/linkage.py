"""The linkage model: Splink 5 on the warehouse's own records, trained on them, kept as data and used again on later nights."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from splink import DuckDBAPI, Linker, block_on

from warehouse.people.blocking import BLOCKING_KEYS, count_pairs, make_pairs
from warehouse.people.commonness import FREQUENCY_COLUMNS
from warehouse.people.comparisons import COMPARISONS, as_splink

if TYPE_CHECKING:
    import duckdb
    from splink import SplinkDataFrame

SEED = 20260401
FEWEST_TO_TRAIN = 2000
# Of more records about so many are learned from, chosen by chance: more pairs than U_SAMPLE_PAIRS and EM_PAIRS are not looked at in any case.
MOST_TO_TRAIN = 500_000
FEWEST_PAIRS = 500
U_SAMPLE_PAIRS = 2e6
EM_PAIRS = 3e5
KEPT_FROM = 0.02
PRIOR_SHARE = 0.03
DIGITS = 6
"""Trained probabilities are kept to so many digits: the last ones depend on the order in which a machine's threads add."""
CERTAIN_RULES = (
    "l.forename = r.forename and l.surname_clean = r.surname_clean and l.born = r.born and not l.is_born_vague",
    "l.upn = r.upn",
)
CERTAIN_BLOCKS = (("forename", "surname_clean", "born"), ("upn",))
CERTAIN_RULES_FIND = 0.5
# So many pairs, counted as often as they share a key, are brought together at once: what bounds the memory.
MOST_PAIRS_AT_ONCE = 50_000_000
# Sums of logarithms differ in their last digits by the order that they are made in; links of one weight must have one weight on every night.
WEIGHT_DIGITS = 6
# Goes up when what is kept with a model changes.
KEPT_SHAPE = 5
TRAINING_BLOCKS = (("born",), ("forename", "surname_clean"), ("nominal_ref",), ("post", "forename"))


@dataclass(frozen=True)
class Model:
    """A trained linkage model: Splink's settings as JSON, and a name that changes with them."""

    model_id: str
    settings: str


def base_settings() -> dict[str, Any]:
    """The model before training: comparisons with their priors."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_key",
        "probability_two_random_records_match": 0.00002,
        "comparisons": [as_splink(comparison) for comparison in COMPARISONS],
        "blocking_rules_to_generate_predictions": [],  # blocking.make_pairs says which pairs
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "em_convergence": 0.001,
        "max_iterations": 15,
        "linker_uid": "forewarn",
    }


def definition_id() -> str:
    """A name for the comparisons and blocking keys as they stand in code; a model made for others must be trained anew."""
    keys = [(key.name, key.sql, key.most) for key in BLOCKING_KEYS]
    return hashlib.sha256(json.dumps([KEPT_SHAPE, base_settings(), keys], sort_keys=True).encode()).hexdigest()[:12]


def quiet() -> None:
    """Splink's log of its own work is not ours to show."""
    logging.getLogger("splink").setLevel(logging.ERROR)


def train(con: duckdb.DuckDBPyConnection, table: str) -> Model:
    """Learn the model from `table` (shaped as linkage.candidate); with too few records, or too few surely one person's, the priors stand."""
    quiet()
    settings = base_settings()
    [(records,)] = con.execute(f"select count(*) from {table}").fetchall()
    certain = sum(_pairs_sharing(con, table, columns) for columns in CERTAIN_BLOCKS)
    if records >= FEWEST_TO_TRAIN and certain >= FEWEST_PAIRS:
        api = DuckDBAPI(connection=con)
        con.execute(f"create or replace table sample as from {table} where record_key % 1000 < {1000 * MOST_TO_TRAIN // records}")
        linker = open_linker(api, api.register("sample"), _spoken(con, settings, "sample"))
        linker.training.estimate_probability_two_random_records_match(list(CERTAIN_RULES), recall=CERTAIN_RULES_FIND)
        linker.training.estimate_u_using_random_sampling(max_pairs=U_SAMPLE_PAIRS, seed=SEED, min_count_per_level=None, num_chunks=1)
        for columns in (block for block in TRAINING_BLOCKS if _pairs_sharing(con, "sample", block) >= FEWEST_PAIRS):
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns), max_pairs=EM_PAIRS)
        settings = _with_priors(linker.misc.save_model_to_json())
        api.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]
        con.execute("drop table sample")
    text = json.dumps(settings, sort_keys=True)
    return Model(hashlib.sha256(text.encode()).hexdigest()[:12], text)


def _pairs_sharing(con: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...]) -> int:
    """How many pairs of records share all of these columns; none where nobody sends one of them."""
    shared = ", ".join(columns)
    present = " and ".join(f"{column} is not null" for column in columns)
    [(pairs,)] = con.execute(
        f"select coalesce(sum(n * (n - 1) // 2), 0)::bigint from (select count(*) as n from {table} where {present} group by {shared})"
    ).fetchall()
    assert isinstance(pairs, int)
    return pairs


def _spoken(con: duckdb.DuckDBPyConnection, settings: dict[str, Any], table: str) -> dict[str, Any]:
    """The settings without comparisons of what no record of `table` says: they would weigh nothing, pair by pair."""
    asked = {comparison.name: re.findall(r"(\w+)_l is null", comparison.silent) for comparison in COMPARISONS}
    columns = sorted({column for needed in asked.values() for column in needed})
    [told] = con.execute(f"select {', '.join(f'count({column})' for column in columns)} from {table}").fetchall()
    said = {column for column, records in zip(columns, told, strict=True) if records}
    spoken = [comparison for comparison in settings["comparisons"] if said.issuperset(asked[comparison["output_column_name"]])]
    return settings | {"comparisons": spoken or settings["comparisons"]}


def _with_priors(settings: dict[str, Any]) -> dict[str, Any]:
    """Trained settings in which each probability keeps a share of its prior: what was never seen in training is rare, not impossible."""
    trained = {comparison["output_column_name"]: comparison for comparison in settings["comparisons"]}
    priors = base_settings()["comparisons"]
    settings["comparisons"] = [trained.get(prior["output_column_name"], prior) for prior in priors]
    for comparison, prior in zip(settings["comparisons"], priors, strict=True):
        for level, before in zip(comparison["comparison_levels"], prior["comparison_levels"], strict=True):
            for probability in ("m_probability", "u_probability"):
                if probability in before:
                    learned = level.get(probability, before[probability])
                    level[probability] = float(f"{(1 - PRIOR_SHARE) * learned + PRIOR_SHARE * before[probability]:.{DIGITS}g}")
    match = "probability_two_random_records_match"
    settings[match] = float(f"{settings[match]:.{DIGITS}g}")
    return settings


def open_linker(api: DuckDBAPI, table: SplinkDataFrame, settings: dict[str, Any]) -> Linker:
    """Splink on a table, told how common names are by the tables that commonness.find_frequencies made; settings that are ours it does not look over."""
    linker = Linker(table, deepcopy(settings), validate_settings=False, log_level=None)
    for column in FREQUENCY_COLUMNS:
        linker.table_management.register_term_frequency_lookup(api.register(f"frequency_{column}"), column)
    return linker


def score_pairs(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make `scored`: the pairs that blocking brings together, with the weight of the evidence that they are one person (log2 odds).

    `fresh_key` and `settled_key` (blocking.make_blocking), `candidate` (links.prepare) and the names' frequencies must be at hand.
    """
    quiet()
    con.execute("create or replace table scored (record_a bigint, record_b bigint, match_weight double)")
    settings = _spoken(con, json.loads(model.settings), "candidate")
    parts = 1 + count_pairs(con) // MOST_PAIRS_AT_ONCE
    for part in range(parts):
        make_pairs(con, part, parts)
        api = DuckDBAPI(connection=con)
        linker = open_linker(api, api.register("candidate"), settings)
        linker.table_management.register_blocked_pairs_for_predict(api.register("pair"))
        found = linker.inference.predict(threshold_match_probability=KEPT_FROM)
        con.execute(
            f"insert into scored select least(record_key_l, record_key_r), greatest(record_key_l, record_key_r), "
            f"round(match_weight, {WEIGHT_DIGITS}) from {found.physical_name}"
        )
        api.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]
    con.execute("drop table pair")
