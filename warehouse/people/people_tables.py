"""The tables of people.*: their columns, and how a night's result replaces them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.people import standing_tables
from warehouse.people.judgements import create_ledger
from warehouse.people.kept_model import KEPT
from warehouse.people.readings import READING

if TYPE_CHECKING:
    import duckdb
    import polars as pl

KEPT_TABLES = (
    "people.model (model_id varchar, definition_id varchar, trained_for date, settings varchar, versions bigint)",
    "people.model_name (kind varchar, name varchar, frequency double, shares double[])",
    "people.model_variant (a varchar, b varchar, people integer)",
    "people.model_common (key varchar, value varchar)",
    "people.model_sign (is_reported boolean, sign varchar, level tinyint, factor double)",
    "people.model_weight (sign varchar, weight double)",
    "people.lexicon (kind varchar, name varchar, times bigint)",
    "people.later_name (kind varchar, name varchar)",
    READING,
    "people.model_word (word varchar, surname_odds double)",
    "people.model_post (area varchar, district varchar)",
    "people.model_no_number (number varchar)",
    "people.scored_record (record_key bigint, content_key bigint, written_key ubigint)",
    "people.edge (record_a bigint, record_b bigint, match_weight double)",
    "people.link_evidence (record_a bigint, record_b bigint, place tinyint, level tinyint, weight double)",
    "people.person_record (person_id varchar, source varchar, record_id varchar, match_probability double, is_protected boolean)",
    "people.person_change (as_of date, change varchar, person_id varchar, other_person_id varchar, records integer)",
)

# Who a person is shown to be rests on nothing of a protected report: whoever is known from such reports alone has no name, birth date or sex.
PERSON = """create or replace table people.person as
    with named as (
        select
            found.person_id, record.known_from, record.date_of_birth, record.sex, record.district,
            regexp_extract(lower(case when transposed then surname else forenames end), '^[^ ]+') as forename,
            lower(case when transposed then forenames else surname end) as surname, alias,
            record.forename is not null and record.surname_clean is not null as is_named, record.nominal_ref,
            span.written
        from people.person_record as found
        left join people.record as record on record.source = found.source and record.record_id = found.record_id and not found.is_protected
        left join (
            select record_source as source, record_id, arg_min(written, span_start) as written from people.text_span group by record_source, record_id
        ) as span on span.source = found.source and span.record_id = found.record_id and not found.is_protected
    ),
    full_name as (
        select person_id, arg_max(full_name, (times, full_name)) as full_name
        from (select person_id, forename || ' ' || surname as full_name, count(*) as times from named where is_named group by 1, 2)
        group by person_id
    ),
    summed as (
        select
            named.person_id,
            coalesce(
                any_value(full_name.full_name), mode(surname order by surname), mode(forename order by forename),
                mode(alias order by alias), min(written), 'person number ' || mode(named.nominal_ref order by named.nominal_ref)
            ) as name_in_small,
            mode(date_of_birth order by date_of_birth) as date_of_birth,
            mode(sex order by sex) as sex,
            arg_max(district, known_from) filter (where district is not null) as district,
            count(*)::integer as records
        from named left join full_name using (person_id)
        group by named.person_id
    )
    select
        person_id,
        array_to_string(list_transform(
            regexp_extract_all(lower(name_in_small), '[^ \\-''’]+|[ \\-''’]+'), lambda word: upper(word[1]) || word[2:]
        ), '') as display_name,
        date_of_birth, sex, district, records
    from summed order by person_id"""

# incoming_* are tonight's results, linkage.* the night's workings.
MADE_ANEW = (
    *(f"create or replace table people.{table} as from linkage.{working}" for table, working in KEPT.items()),
    "create or replace table people.record as from linkage.cleaned",
    "create or replace table people.scored_record as select record_key, content_key, written_key from linkage.cleaned join linkage.tonight using (record_key)",
    "create or replace table people.edge as from linkage.compared order by record_a, record_b",
    "create or replace table people.link_evidence as from linkage.evidence order by record_a, record_b, place",
    "create or replace table people.comparison_level as from linkage.comparison_level order by place, level desc",
    "create or replace table people.reading as from linkage.reading order by report_id",
)
# What has not changed since the night before stays where it is.
BROUGHT_FORWARD = (
    *(
        f"delete from people.{table} where record_key in (from linkage.other union all from linkage.gone)"
        for table in ("record", "scored_record")
    ),
    "insert into people.record by name from linkage.cleaned",
    "insert into people.scored_record select record_key, content_key, written_key from linkage.cleaned join linkage.tonight using (record_key)",
    "delete from people.edge where record_a in (select record_key from linkage.stale) or record_b in (select record_key from linkage.stale)",
    "insert into people.edge from linkage.scored order by record_a, record_b",
    """delete from people.link_evidence where record_a in (select record_key from linkage.stale)
    or record_b in (select record_key from linkage.stale) or (record_a, record_b) not in (select (record_a, record_b) from incoming_link)""",
    "insert into people.link_evidence by name from linkage.evidence order by record_a, record_b, place",
    "delete from people.reading where report_id not in (select report_id from linkage.reading_kept)",
    "insert into people.reading from linkage.read order by report_id",
)
# After either, in the order they are made.
OUTPUT_TABLES = (
    "create or replace table people.later_name as from linkage.later_name",
    """create or replace table people.person_record as
    select found.person_id, found.source, found.record_id, found.match_probability, coalesce(report.handling_code = 'C', false) as is_protected
    from incoming_person_record as found
    left join known.intelligence as report
        on found.source in ('intelligence_subject', 'intelligence_mention') and report.is_current and report.report_id = split_part(found.record_id, '/', 1)
    order by found.person_id, found.source, found.record_id""",
    """create or replace table people.text_span as
    select found.report_id, span_start, span_end, report.text[span_start + 1 : span_end] as written, record_id, record_source, person_id
    from incoming_text_span as found
    join (select report_id, text from known.intelligence where is_current) as report using (report_id)
    order by report_id, span_start""",
    "create or replace table people.link_review as from incoming_link_review order by match_probability desc nulls last, person_a, person_b",
    "create or replace table people.link as from incoming_link order by record_a, record_b",
    "create or replace table people.judgement_state as from incoming_judgement_state order by judgement_id",
    "insert into people.person_change select as_of, change, person_id, other_person_id, records from incoming_change, known.as_of",
    PERSON,
)


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that one night leaves for the next, where they are not there yet."""
    con.execute("create schema if not exists people")
    for table in (*KEPT_TABLES, *standing_tables.TABLES):
        con.execute(f"create table if not exists {table}")
    create_ledger(con)


def replace_tables(con: duckdb.DuckDBPyConnection, incoming: dict[str, pl.DataFrame], *, anew: bool) -> None:
    """Write a night's result: all of its tables or, should anything fail, none. `anew`: nothing stays of the night before."""
    for name, frame in incoming.items():
        con.register(f"incoming_{name}", frame.to_arrow())
    con.begin()
    try:
        for statement in (*(MADE_ANEW if anew else BROUGHT_FORWARD), *OUTPUT_TABLES):
            con.execute(statement)
        for table in standing_tables.TABLES:
            name = table.split()[0]
            con.execute(f"create or replace table {name} as from incoming_{name.removeprefix('people.')}")
        con.commit()
    except BaseException:
        con.rollback()
        raise
    finally:
        for name in incoming:
            con.unregister(f"incoming_{name}")
