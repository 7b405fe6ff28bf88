"""Pairs of records compared by Splink's Spark backend: the kept model and the tables that a night prepared go there, and weights come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp

from warehouse.people.blocking import PAIRS
from warehouse.people.commonness import FREQUENCY_COLUMNS
from warehouse.people.linkage import KEPT_FROM, WEIGHT_DIGITS, Model, quiet

if TYPE_CHECKING:
    import duckdb

    from warehouse.spark import Exchange

# Spark has no unsigned 64-bit numbers
KEYS = "select (value::hugeint - 9223372036854775808)::bigint as value, record_key from {0}"
HAMMING = "aggregate(sequence(1, length({0})), 0, (n, i) -> n + if(substring({0}, i, 1) <> substring({1}, i, 1), 1, 0))"


def on_spark(exchange: Exchange) -> Callable[[duckdb.DuckDBPyConnection, Model], None]:
    """Does what linkage.score_pairs does on the session's workers, with weights to WEIGHT_DIGITS digits.

    Links may differ where the likeness of two names is near its bound: Splink's library for Spark counts half transpositions in Jaro-Winkler, DuckDB none.
    """

    def score(con: duckdb.DuckDBPyConnection, model: Model) -> None:
        quiet()
        for table in ("fresh_key", "settled_key"):
            exchange.give(table, con.sql(KEYS.format(table))).createOrReplaceTempView(table)
        lists = {name for name, kind, *_ in con.execute("describe candidate").fetchall() if kind.endswith("[]")}
        scored = _predict(exchange, con, spark_settings(model, lists))
        con.execute(
            f"""create or replace table scored as
            select
                least(record_key_l, record_key_r) as record_a, greatest(record_key_l, record_key_r) as record_b,
                round(match_weight, {WEIGHT_DIGITS}) as match_weight
            from read_parquet(?) order by record_a, record_b""",
            [exchange.take("scored", scored)],
        )

    return score


def _predict(exchange: Exchange, con: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> Any:
    from splink import Linker
    from splink.backends.spark import SparkAPI

    api = SparkAPI(  # type: ignore[no-untyped-call]
        spark_session=exchange.spark, break_lineage_method="persist", num_partitions_on_repartition=2 * exchange.cores
    )
    linker = Linker(api.register(exchange.give("candidate", con.table("candidate"))), settings, log_level=None)
    for column in FREQUENCY_COLUMNS:
        frequencies = exchange.give(f"frequency_{column}", con.table(f"frequency_{column}"))
        linker.table_management.register_term_frequency_lookup(api.register(frequencies), column)
    pairs = exchange.spark.sql(PAIRS.format(part=0, parts=1))
    linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
    return linker.inference.predict(threshold_match_probability=KEPT_FROM).as_spark_dataframe()


def spark_settings(model: Model, lists: set[str]) -> dict[str, Any]:
    """The model's settings with its comparisons in Spark's SQL; `lists` are the columns of the records that hold lists."""
    settings: dict[str, Any] = json.loads(model.settings)
    settings["sql_dialect"] = "spark"
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            level["sql_condition"] = in_spark(level["sql_condition"], lists)
    return settings


def in_spark(condition: str, lists: set[str]) -> str:
    """A condition of comparisons.py, written for DuckDB, as Spark has it."""
    if condition.upper() == "ELSE":
        return condition
    in_words: str = sqlglot.parse_one(condition, read="duckdb").transform(lambda node: _in_spark(node, lists)).sql("spark")
    return in_words


def _in_spark(node: exp.Expr, lists: set[str]) -> exp.Expr:
    """What Spark has under another name, or not at all; sqlglot leaves what is inside a node that was replaced as it is."""
    if isinstance(node, exp.ArrayOverlaps | exp.JarowinklerSimilarity):
        return exp.func("arrays_overlap" if isinstance(node, exp.ArrayOverlaps) else "jaro_winkler", node.this, node.expression)
    if isinstance(node, exp.Length) and _is_list(node.this, lists):
        return exp.func("size", node.this)
    if isinstance(node, exp.Anonymous) and node.name.lower() == "hamming":
        return sqlglot.parse_one(HAMMING.format(*(one.sql("spark") for one in node.expressions)), read="spark")
    if isinstance(node, exp.Anonymous) and node.name.lower() == "strlen":
        return exp.func("octet_length", *node.expressions)
    if isinstance(node, exp.Bracket) and not _is_list(node.this, lists):
        return _part_of_text(node.this, node.expressions[0])
    return node


def _part_of_text(text: exp.Expr, place: exp.Expr) -> exp.Expr:
    """text[2:3] or text[2], which sqlglot counts from 0."""
    first, last = (place.this, place.expression) if isinstance(place, exp.Slice) else (int(place.name) + 1, int(place.name) + 1)
    start = 1 if first is None else int(str(first))
    return exp.func("substring", text, exp.Literal.number(start), exp.Literal.number(int(str(last)) - start + 1))


def _is_list(value: exp.Expr, lists: set[str]) -> bool:
    return isinstance(value, exp.Column) and value.name.removesuffix("_l").removesuffix("_r") in lists
