"""Who is named in the reports' texts: every report read, its subjects located, everyone else singled out or left as a person of their own.

All texts' mentions are weighed at once, in columns: the first of each report, then the second, for whom the first is company, and so on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from warehouse.people.certain import certain_cases, certain_namings
from warehouse.people.kept_fits import Fitted, fetch_fitted, fit_names, keyed, leave_fitted
from warehouse.people.known_people import KnownPeople
from warehouse.people.lexicon import fetch_lexicon, find_later_names
from warehouse.people.mentions import Reader
from warehouse.people.name_fits import fitter, sets_of_names
from warehouse.people.readings import read_texts
from warehouse.people.rounds import Found, Rounds
from warehouse.people.texts_read import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from warehouse.people.agreement import Agreement
    from warehouse.people.judged import JudgedMentions
    from warehouse.people.report_list import Reports
    from warehouse.people.rows_of import Numbers
    from warehouse.people.signs import Weights
    from warehouse.people.singled_out import Weigher

RIVAL = {"mention": pl.Int64, "share": pl.Float64, "person": pl.Int64}


@dataclass(frozen=True)
class Knowledge:
    """What is known before the texts are read: records, each one's person (its leading record), forms of names, and what signs weigh."""

    records: pl.DataFrame
    persons: Sequence[int]
    agreement: Agreement
    weights: Weights


@dataclass(frozen=True)
class Named:
    """Everyone named in texts.

    `mentions`, in the order of reports and texts: report_id, record_id (a listed subject's own), is_subject, person (their leading record, or none),
    share, together (one name for all that were judged to be one person without a record), spans (span_start, span_end). `rivals`: the people whom a
    mention that nobody was singled out for may mean (mention, a row of these; share; person), likeliest first.
    """

    mentions: pl.DataFrame
    rivals: pl.DataFrame


def learn_weights(con: duckdb.DuckDBPyConnection, reports: Reports, known: Knowledge) -> Weights:
    """The weights that the reports' listed subjects teach; all texts are read, and linkage.reading has what was read."""
    texts = _texts(con, reports, known, is_new_model=True)
    namings = certain_namings(texts)
    fits, sets = fitter(texts.people, known.agreement), sets_of_names(texts.people)
    fitted, _ = fit_names(keyed(texts.names, texts.asked(namings)), sets, fits, Fitted.nothing())
    weigher = texts.weigher(namings, sets, fitted, known.weights)
    known.weights.learn(certain_cases(texts, namings, known.records, weigher, fits))
    return known.weights


def read_reports(
    con: duckdb.DuckDBPyConnection, reports: Reports, known: Knowledge, judged: JudgedMentions, *, is_new_model: bool
) -> Named:
    """Everyone named in the reports' texts; what was read on earlier nights is not read again."""
    texts = _texts(con, reports, known, is_new_model=is_new_model)
    texts.people.learn_street_names(_said_street_names(texts))
    weigher = _weigher(con, texts, known, Fitted.nothing() if is_new_model else fetch_fitted(con))
    found = Rounds(texts, weigher, judged, _judged_names(con, texts, judged)).run()
    return _named(texts, found)


def _weigher(con: duckdb.DuckDBPyConnection, texts: Texts, known: Knowledge, before: Fitted) -> Weigher:
    names, sets = keyed(texts.names, texts.asked(texts.unlisted())), sets_of_names(texts.people)
    fitted, found = fit_names(names, sets, fitter(texts.people, known.agreement), before)
    leave_fitted(con, names, sets, found)
    return texts.weigher(texts.unlisted(), sets, fitted, known.weights)


def _texts(con: duckdb.DuckDBPyConnection, reports: Reports, known: Knowledge, *, is_new_model: bool) -> Texts:
    find_later_names(con)
    people = KnownPeople(known.records, known.persons)
    read = read_texts(con, reports, people, known.records, lambda: Reader(fetch_lexicon(con), known.agreement), is_new_model=is_new_model)
    return Texts(reports, read, people, known.records)


def _said_street_names(texts: Texts) -> list[tuple[int, str]]:
    """The listed subjects whom a text gives a street name: John Smith aka Ghost."""
    told = texts.read.select("surname", "street_name", person=pl.Series(_subject_persons(texts)))
    told = told.filter((pl.col("person") >= 0) & (pl.col("surname") != "") & (pl.col("street_name") != ""))
    return list(told.select("person", "street_name").iter_rows())


def _subject_persons(texts: Texts) -> Numbers:
    return np.append(texts.people.of_record, -1)[texts.subject_row]


def _judged_names(con: duckdb.DuckDBPyConnection, texts: Texts, judged: JudgedMentions) -> dict[int, str]:
    """The names under which mentions were judged, by what the texts write there."""
    concerned = judged.reports()
    if not concerned:
        return {}
    written = dict(
        con.execute(
            "select report_id, text from linkage.text where report_id in (select unnest($ids::varchar[]))", {"ids": sorted(concerned)}
        ).fetchall()
    )
    told = texts.read.with_row_index("mention").filter(pl.col("report_id").is_in(sorted(concerned)) & pl.col("subject").is_null())
    names = {}
    for mention, report_id, number, spans in told.select("mention", "report_id", "number", "spans").iter_rows():
        name = judged.name_of(f"{report_id}/{number}", written[report_id][spans[0]["span_start"] : spans[0]["span_end"]])
        if name is not None:
            names[mention] = name
    return names


def _named(texts: Texts, found: Found) -> Named:
    leaders = np.append(texts.people.leaders, -1)
    person = leaders[np.where(texts.subject_row >= 0, _subject_persons(texts), found.person)]
    together = pl.Series([found.together.get(mention) for mention in range(person.size)], dtype=pl.String) if found.together else None
    mentions = texts.read.select(
        "report_id",
        pl.coalesce("subject", pl.concat_str("report_id", pl.lit("/"), pl.col("number").cast(pl.String))).alias("record_id"),
        pl.col("subject").is_not_null().alias("is_subject"),
        pl.Series("person", person).replace(-1, None),
        pl.Series("share", np.where(texts.subject_row >= 0, 1.0, found.share)),
        (pl.lit(None, pl.String) if together is None else together).alias("together"),
        "spans",
    )
    rows = [(mention, share, int(leaders[one])) for mention, rivals in sorted(found.rivals.items()) for share, one in rivals]
    return Named(mentions, pl.DataFrame(rows, RIVAL, orient="row"))
