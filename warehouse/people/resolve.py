"""Person resolution of one night: records to links, links to groups, texts to mentions, groups to stable ids, written in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from warehouse.people.blocking import find_common_values, make_candidates
from warehouse.people.cleaning import clean_records
from warehouse.people.clusters import Clustering, Traits, cluster_records
from warehouse.people.identities import Change, assign_ids
from warehouse.people.linkage import Model, definition_id, find_terms, score_pairs, train
from warehouse.people.mentions import Mention, NamedRecord, make_lexicon, read_mentions
from warehouse.people.people_tables import OUTPUT_TABLES, create_tables
from warehouse.people.singled_out import Known, People, Setting, weigh

if TYPE_CHECKING:
    import duckdb

SINGLED_OUT = 0.8
WORTH_REVIEW = 0.1
REVIEWED_RIVALS = 3


@dataclass(frozen=True)
class PeopleCounts:
    """What one night's person resolution found."""

    records: int
    records_scored: int
    links: int
    persons: int
    mentions: int
    mentions_joined: int
    in_review: int
    merged: int
    split: int
    is_full_relink: bool


@dataclass(frozen=True)
class Named:
    """A mention and who it means: a person's leading record, or None; `rivals` are others it may mean, with their share."""

    mention: Mention
    person: int | None
    share: float
    rivals: tuple[tuple[float, int], ...]


def resolve_people(con: duckdb.DuckDBPyConnection) -> PeopleCounts:
    """Work out who is who in known.* and write people.*; a later night compares only what is new or changed, against everything."""
    con.execute("attach if not exists ':memory:' as linkage")
    work = con.cursor()
    try:
        create_tables(con)
        clean_records(con)
        work.execute("use linkage")
        scored, is_full = _score(con, work)
        return _decide_and_write(con, scored, is_full)
    finally:
        work.close()
        con.execute("detach linkage")


def _score(con: duckdb.DuckDBPyConnection, work: duckdb.DuckDBPyConnection) -> tuple[int, bool]:
    """Make linkage.edge: every scored link among tonight's records, from what earlier nights scored and what is new."""
    (model, is_new_model) = _model(con, work)
    make_candidates(work)
    if is_new_model:
        work.execute("create or replace table fresh as from candidate")
        score_pairs(work, model, "fresh", None)
        work.execute("create or replace table edge as from scored")
    else:
        con.execute("create or replace table linkage.seen as from people.scored_record")
        con.execute("create or replace table linkage.old_edge as from people.edge")
        work.execute("create or replace table fresh as select * from candidate anti join seen using (record_key, content_key)")
        work.execute("create or replace table settled as select * from candidate semi join seen using (record_key, content_key)")
        score_pairs(work, model, "fresh", "settled")
        work.execute(
            "create or replace table edge as select * from old_edge "
            "where record_a in (select record_key from settled) and record_b in (select record_key from settled) union all from scored"
        )
    [(scored,)] = work.execute("select count(*) from fresh").fetchall()
    return scored, is_new_model


def _model(con: duckdb.DuckDBPyConnection, work: duckdb.DuckDBPyConnection) -> tuple[Model, bool]:
    """The model kept in the warehouse; a new one if there is none, the comparisons have changed, or the records have doubled since."""
    [(records,)] = con.execute("select count(*) from linkage.record").fetchall()
    kept = con.execute("select model_id, settings, definition_id, trained_on from people.model").fetchall()
    if kept and kept[0][2] == definition_id() and records < 2 * kept[0][3] + 1000:
        con.execute("create or replace table linkage.common as from people.model_common")
        con.execute("create or replace table linkage.term as from people.model_term")
        con.execute("create or replace table linkage.model as from people.model")
        return Model(kept[0][0], kept[0][1]), False
    find_common_values(work)
    make_candidates(work)
    model = train(work, "candidate")
    find_terms(work, "candidate")
    work.execute("create or replace table model (model_id varchar, definition_id varchar, trained_on bigint, settings varchar)")
    work.execute("insert into model values (?, ?, ?, ?)", [model.model_id, definition_id(), records, model.settings])
    return model, True


def _decide_and_write(con: duckdb.DuckDBPyConnection, scored: int, is_full: bool) -> PeopleCounts:
    records = con.sql(
        "select record_key, source, record_id, context_id, known_from, forename, coalesce(forename_all, []) as given_names, surname_clean, "
        "coalesce(surname_parts, []) as surname_parts, street_name, born, born_year, upn, district from linkage.record order by record_key"
    ).pl()
    number = records.select("record_key").with_row_index("number")
    edges = (
        con.sql("select record_a, record_b, match_weight from linkage.edge").pl()
        .join(number.rename({"record_key": "record_a", "number": "a"}), on="record_a")
        .join(number.rename({"record_key": "record_b", "number": "b"}), on="record_b")
        .sort("match_weight", "record_a", "record_b", descending=[True, False, False])
    )  # fmt: skip
    rows = records.select("context_id", "forename", "given_names", "surname_clean", "born", "upn").iter_rows()
    clustering = cluster_records([Traits(*row) for row in rows], list(edges.select("a", "b", "match_weight").iter_rows()))
    persons = [clustering.find(record) for record in range(records.height)]
    named = _read_reports(con, records, persons)
    return _write(con, records, persons, clustering, named, (scored, edges.height, is_full))


def _read_reports(con: duckdb.DuckDBPyConnection, records: pl.DataFrame, persons: list[int]) -> list[Named]:
    texts = con.execute(
        "select report_id, text, recorded_at from known.intelligence where is_current and text is not null order by report_id"
    ).fetchall()
    names = [
        NamedRecord(*row)
        for row in records.select("record_id", "forename", "given_names", "surname_clean", "surname_parts", "street_name").iter_rows()
    ]
    subjects: dict[str, list[int]] = {}
    for row, (source, context) in enumerate(records.select("source", "context_id").iter_rows()):
        if source == "intelligence_subject":
            subjects.setdefault(context, []).append(row)
    lexicon = make_lexicon(names, (text for _, text, _ in texts))
    people = People(_known(records, persons))
    named = []
    for report_id, text, recorded_at in texts:
        listed = sorted(subjects.get(report_id, []), key=lambda row: names[row].record_id)
        found = read_mentions(report_id, text, [_with_other_names(names[row], people.known[persons[row]]) for row in listed], lexicon)
        setting = _setting(people, [persons[row] for row in listed], recorded_at)
        named += _single_out(people, found, setting, {names[row].record_id: persons[row] for row in listed})
    return named


def _with_other_names(name: NamedRecord, known: Known) -> NamedRecord:
    return replace(
        name,
        street_names=tuple(sorted(known.street_names)),
        other_given_names=tuple(sorted(known.given_names)),
        other_surname_parts=tuple(sorted(known.surname_parts)),
    )


def _known(records: pl.DataFrame, persons: list[int]) -> list[Known]:
    known: dict[int, Known] = {}
    columns = ("forename", "given_names", "surname_clean", "surname_parts", "street_name", "district", "born_year", "context_id")
    for person, row in zip(persons, records.select(columns).iter_rows(), strict=True):
        forename, given_names, surname, parts, street_name, district, born_year, context = row
        one = known.setdefault(person, Known(person))
        one.names[forename, surname] += 1
        one.given_names.update(given_names)
        one.surname_parts.update(part for part in parts if part)
        one.records += 1
        for value, values in ((street_name, one.street_names), (context, one.contexts)):
            if value:
                values.add(value)
        if district:
            one.districts[district] += 1
        if born_year:
            one.birth_years[born_year] += 1
    return list(known.values())


def _setting(people: People, listed: list[int], recorded_at: datetime) -> Setting:
    known = [people.known[person] for person in listed]
    districts = [one.districts.most_common(1)[0][0] for one in known if one.districts]
    years = [one.birth_years.most_common(1)[0][0] for one in known if one.birth_years]
    return Setting(frozenset(listed), districts[0] if districts else None, years[0] if years else None, recorded_at.year)


def _single_out(people: People, found: list[Mention], setting: Setting, listed: dict[str, int]) -> list[Named]:
    named = []
    for mention in found:
        if mention.subject is not None:
            named.append(Named(mention, listed[mention.subject], 1.0, ()))
            continue
        shares = weigh(people, mention, setting)
        if shares and shares[0][0] >= SINGLED_OUT:
            named.append(Named(mention, shares[0][1], shares[0][0], ()))
            setting = Setting(setting.people | {shares[0][1]}, setting.district, setting.birth_year, setting.year)
        else:
            named.append(Named(mention, None, 1.0, tuple(s for s in shares[:REVIEWED_RIVALS] if s[0] >= WORTH_REVIEW)))
    return named


def _write(
    con: duckdb.DuckDBPyConnection,
    records: pl.DataFrame,
    persons: list[int],
    clustering: Clustering,
    named: list[Named],
    night: tuple[int, int, bool],
) -> PeopleCounts:
    others = [one for one in named if one.mention.subject is None]
    groups: dict[int, list[tuple[datetime, str]]] = {}
    for person, (source, record_id, known_from) in zip(
        persons, records.select("source", "record_id", "known_from").iter_rows(), strict=True
    ):
        groups.setdefault(person, []).append((known_from, f"{source}:{record_id}"))
    alone = records.height
    placed: list[tuple[int, Named]] = []
    for one in others:
        person = alone if one.person is None else one.person
        alone += one.person is None
        placed.append((person, one))
        groups.setdefault(person, []).append((datetime.max, f"intelligence_mention:{one.mention.record_id}"))
    leaders = sorted(groups)
    previous = {
        f"{source}:{record}": person
        for source, record, person in con.execute("select source, record_id, person_id from people.person_record").fetchall()
    }
    ids, changes = assign_ids([[name for _, name in sorted(groups[leader])] for leader in leaders], previous)
    id_of = dict(zip(leaders, ids, strict=True))
    tables = {
        "person_record": _person_record(records, persons, clustering, placed, id_of),
        "text_span": _text_span(named, placed, id_of),
        "link_review": _link_review(clustering, placed, id_of),
        "change": _change(changes),
    }
    _replace_tables(con, tables)
    return PeopleCounts(
        records.height, night[0], night[1], len(groups), len(others), sum(one.person is not None for one in others), tables["link_review"].height,
        sum(change.change == "merged" for change in changes), sum(change.change == "split" for change in changes), night[2],
    )  # fmt: skip


def _person_record(
    records: pl.DataFrame, persons: list[int], clustering: Clustering, placed: list[tuple[int, Named]], id_of: dict[int, str]
) -> pl.DataFrame:
    structured = records.select(
        pl.Series("person_id", [id_of[person] for person in persons], pl.String),
        "source",
        "record_id",
        pl.Series("match_probability", clustering.probability, pl.Float64),
    )
    rows = [(id_of[person], "intelligence_mention", one.mention.record_id, one.share) for person, one in placed]
    return pl.concat([structured, pl.DataFrame(rows, schema=structured.schema, orient="row")])


def _text_span(named: list[Named], placed: list[tuple[int, Named]], id_of: dict[int, str]) -> pl.DataFrame:
    person_of = {one.mention.record_id: id_of[person] for person, one in placed if one.person is not None}
    rows = []
    for one in named:
        is_subject = one.mention.subject is not None
        person_id = id_of[one.person] if is_subject and one.person is not None else person_of.get(one.mention.record_id)
        source = "intelligence_subject" if is_subject else "intelligence_mention"
        rows += [(one.mention.report_id, start, end, one.mention.record_id, source, person_id) for start, end in one.mention.spans]
    columns: dict[str, Any] = {
        "report_id": pl.String,
        "span_start": pl.Int32,
        "span_end": pl.Int32,
        "record_id": pl.String,
        "record_source": pl.String,
        "person_id": pl.String,
    }
    return pl.DataFrame(rows, schema=columns, orient="row")


def _link_review(clustering: Clustering, placed: list[tuple[int, Named]], id_of: dict[int, str]) -> pl.DataFrame:
    rows = [(id_of[clustering.find(d.record_a)], id_of[clustering.find(d.record_b)], d.probability, d.why) for d in clustering.doubts]
    for person, one in placed:
        why = "named in a report's text; the name fits " + (
            "this person and others" if len(one.rivals) > 1 else "this person, and little else says so"
        )
        rows += [(id_of[person], id_of[rival], share, why) for share, rival in one.rivals]
    schema: dict[str, Any] = {"a": pl.String, "b": pl.String, "match_probability": pl.Float64, "why": pl.String}
    found = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("a") != pl.col("b"))
    return (
        found.select(
            pl.min_horizontal("a", "b").alias("person_a"), pl.max_horizontal("a", "b").alias("person_b"), "match_probability", "why"
        )
        .sort("match_probability", "person_a", "person_b", "why", descending=[True, False, False, False])
        .unique(["person_a", "person_b"], keep="first", maintain_order=True)
    )


def _change(changes: list[Change]) -> pl.DataFrame:
    rows = [(c.change, c.person_id, c.other_person_id, c.records) for c in changes]
    return pl.DataFrame(
        rows, schema={"change": pl.String, "person_id": pl.String, "other_person_id": pl.String, "records": pl.Int32}, orient="row"
    )


def _replace_tables(con: duckdb.DuckDBPyConnection, tables: dict[str, pl.DataFrame]) -> None:
    for name, frame in tables.items():
        con.register(f"incoming_{name}", frame.to_arrow())
    con.begin()
    try:
        for statement in OUTPUT_TABLES:
            con.execute(statement)
        con.commit()
    except BaseException:
        con.rollback()
        raise
    finally:
        for name in tables:
            con.unregister(f"incoming_{name}")


def as_of(con: duckdb.DuckDBPyConnection) -> date:
    """The day that known.* was opened for."""
    [(day,)] = con.execute("select as_of from known.as_of").fetchall()
    assert isinstance(day, date)
    return day
