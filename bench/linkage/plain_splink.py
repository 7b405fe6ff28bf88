"""Splink used plainly: the settings of its own documented examples, and its own clusters at the probability that they use.

From its documentation for version 5, examples/duckdb: deduplicate_50k_synthetic for historical_50k, febrl3, and the detailed model of febrl4, each without the
social-security number. The million records are linked by the comparisons of the first, with those of its blocking rules that fit their columns.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import polars as pl
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Documented:
    """An example's blocking rules, comparisons and training. `tables`: a condition on the rows for each table that it links."""

    unique_id: str
    blocking: Sequence[Any]
    comparisons: Callable[[], Sequence[Any]]
    deterministic: Sequence[Any]
    recall: float
    u_pairs: float
    training: Sequence[Any]
    predict_from: float | None
    cluster_from: float
    extra: str = ""
    tables: Sequence[str] = ("true",)
    link_type: Literal["dedupe_only", "link_only"] = "dedupe_only"
    without_term_frequencies: bool = True


HISTORICAL_RULES = (
    block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
    block_on("surname", "dob"),
    block_on("first_name", "dob"),
    block_on("postcode_fake", "first_name"),
    block_on("postcode_fake", "surname"),
    block_on("dob", "birth_place"),
    block_on("substr(postcode_fake,1,3)", "dob"),
    block_on("substr(postcode_fake,1,3)", "first_name"),
    block_on("substr(postcode_fake,1,3)", "surname"),
    block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
)
HISTORICAL = Documented(
    unique_id="unique_id",
    blocking=HISTORICAL_RULES,
    comparisons=lambda: [
        cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat"),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.PostcodeComparison("postcode_fake"),
        cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
        cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
    ],
    deterministic=(
        block_on("first_name", "surname", "dob"),
        block_on("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)"),
        block_on("dob", "postcode_fake"),
    ),
    recall=0.6,
    u_pairs=1e7,
    training=(block_on("first_name", "surname"), block_on("dob")),
    predict_from=None,
    cluster_from=0.95,
    extra="first_name || ' ' || surname as first_name_surname_concat",
)
FEBRL_3 = Documented(
    unique_id="rec_id",
    blocking=(block_on("given_name"), block_on("surname"), block_on("date_of_birth"), block_on("postcode")),
    comparisons=lambda: [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    ],
    deterministic=(
        block_on("given_name", "surname", "date_of_birth"),
        "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
    ),
    recall=0.9,
    u_pairs=1e6,
    training=(block_on("date_of_birth"), block_on("postcode")),
    predict_from=0.2,
    cluster_from=0.95,
    without_term_frequencies=False,
)
FEBRL_4 = Documented(
    unique_id="rec_id",
    blocking=(
        block_on("given_name", "surname"),
        "l.given_name = r.surname and l.surname = r.given_name",
        block_on("date_of_birth"),
        block_on("state", "address_1"),
        block_on("street_number", "address_1"),
        block_on("postcode"),
    ),
    comparisons=lambda: [
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
    ],
    deterministic=(block_on("given_name", "surname", "date_of_birth"),),
    recall=0.8,
    u_pairs=1e6,
    training=(block_on("date_of_birth"), block_on("postcode")),
    predict_from=0.2,
    cluster_from=0.99,
    tables=("rec_id like '%-org'", "rec_id like '%-dup-%'"),
    link_type="link_only",
)
MILLION = Documented(
    unique_id="record_id",
    blocking=(
        block_on("forenames", "surname"),
        block_on("surname", "date_of_birth"),
        block_on("forenames", "date_of_birth"),
        block_on("postcode", "forenames"),
        block_on("postcode", "surname"),
        block_on("nominal_ref"),
    ),
    comparisons=lambda: [
        cl.ForenameSurnameComparison("forenames", "surname", forename_surname_concat_col_name="full_name"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True),
        cl.PostcodeComparison("postcode"),
        cl.ExactMatch("nominal_ref"),
        cl.ExactMatch("sex"),
    ],
    deterministic=(block_on("forenames", "surname", "date_of_birth"), block_on("date_of_birth", "postcode")),
    recall=0.6,
    u_pairs=1e7,
    training=(block_on("forenames", "surname"), block_on("date_of_birth")),
    predict_from=None,
    cluster_from=0.95,
    extra="forenames || ' ' || surname as full_name",
)
DOCUMENTED = {"historical_50k": HISTORICAL, "febrl3": FEBRL_3, "febrl4": FEBRL_4, "million": MILLION}


def link(con: duckdb.DuckDBPyConnection, rows: str, documented: Documented) -> pl.DataFrame:
    """record_id, person of the rows of the query, in their own columns."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=con)
    extra = f", {documented.extra}" if documented.extra else ""
    for number, condition in enumerate(documented.tables):
        con.execute(f"create or replace table plain_{number} as select *{extra} from ({rows}) where {condition}")
    settings = SettingsCreator(
        link_type=documented.link_type,
        unique_id_column_name=documented.unique_id,
        blocking_rules_to_generate_predictions=list(documented.blocking),
        comparisons=list(documented.comparisons()),
    )
    tables = [api.register(f"plain_{number}") for number in range(len(documented.tables))]
    linker = Linker(tables if len(tables) > 1 else tables[0], settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(list(documented.deterministic), recall=documented.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=documented.u_pairs, seed=1)
    for rule in documented.training:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=documented.without_term_frequencies
        )
    predictions = linker.inference.predict(threshold_match_probability=documented.predict_from)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold_match_probability=documented.cluster_from)
    found: pl.DataFrame = con.sql(f"select {documented.unique_id} as record_id, cluster_id as person from {clusters.physical_name}").pl()
    return found
