"""The tables of people.*: their columns, and how a night's result replaces them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.people import kept_fits, standing_tables
from warehouse.people.joining import HOW
from warehouse.people.judgements import create_ledger
from warehouse.people.kept_model import KEPT
from warehouse.people.readings import READING
from warehouse.people.standing_tables import STANDING
from warehouse.transaction import transaction
from warehouse.wholes import WHOLE_ID

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
    *kept_fits.KEPT_FITS,
    "people.model_word (word varchar, surname_odds double)",
    "people.model_post (area varchar, district varchar)",
    "people.model_no_number (number varchar)",
    "people.scored_record (record_key bigint, content_key bigint, written_key ubigint)",
    "people.blocking_key (record_key bigint, value ubigint)",
    "people.edge (record_a bigint, record_b bigint, match_weight double)",
    "people.link (record_a bigint, record_b bigint, how varchar, match_probability double, company double)",
    "people.link_evidence (record_a bigint, record_b bigint, place tinyint, level tinyint, weight double)",
    "people.person_record (person_id varchar, source varchar, record_id varchar, match_probability double, is_protected boolean)",
    "people.text_span (report_id varchar, span_start integer, span_end integer, written varchar, record_id varchar, record_source varchar, person_id varchar)",
    "people.person_change (as_of date, change varchar, person_id varchar, other_person_id varchar, records integer)",
)

# Who a person is shown to be rests on nothing of a protected report: whoever is known from such reports alone has no name, birth date or sex.
SHOWN = """
    with theirs as materialized (from people.person_record{0}),
    named as (
        select
            found.person_id, record.known_from, found.source, found.record_id, record.date_of_birth, record.sex, record.district,
            regexp_extract(lower(case when transposed then surname else forenames end), '^[^ ]+') as forename,
            lower(case when transposed then forenames else surname end) as surname, alias,
            record.forename is not null and record.surname_clean is not null as is_named, record.nominal_ref,
            span.written
        from theirs as found
        left join people.record as record on record.source = found.source and record.record_id = found.record_id and not found.is_protected
        left join (
            select record_source as source, record_id, arg_min(written, span_start) as written
            from people.text_span where (record_source, record_id) in (select (source, record_id) from theirs) group by record_source, record_id
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
            arg_max(district, (known_from, source, record_id)) filter (where district is not null) as district,
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
PERSON = "create or replace table people.person as" + SHOWN.format("")

PERSON_RECORD = f"""
    select found.person_id, found.source, found.record_id, found.match_probability, coalesce(report.handling_code = 'C', false) as is_protected
    from incoming_person_record as found
    left join known.intelligence as report
        on found.source in ('intelligence_subject', 'intelligence_mention') and report.is_current and report.report_id = {WHOLE_ID.format("found.record_id")}
    order by found.person_id, found.source, found.record_id"""
TEXT_SPAN = """
    select found.report_id, span_start, span_end, report.text[span_start + 1 : span_end] as written, record_id, record_source, person_id
    from {0} as found
    join (select report_id, text from known.intelligence where is_current) as report using (report_id)
    order by report_id, span_start"""
LINK = f"""
    select
        least(record_a, record_b) as record_a, greatest(record_a, record_b) as record_b,
        [{", ".join(f"'{how}'" for how in HOW)}][how + 1] as how, probability as match_probability, company
    from incoming_join_made order by 1, 2"""

# incoming_* are tonight's results, linkage.* the night's workings.
MADE_ANEW = (
    *(f"create or replace table people.{table} as from linkage.{working}" for table, working in KEPT.items()),
    "create or replace table people.record as from linkage.cleaned",
    "create or replace table people.scored_record as select record_key, content_key, written_key from linkage.cleaned join linkage.tonight using (record_key)",
    "create or replace table people.blocking_key as from linkage.made_key",
    "create or replace table people.edge as from linkage.compared order by record_a, record_b",
    "create or replace table people.link_evidence as from linkage.evidence order by record_a, record_b, place",
    "create or replace table people.comparison_level as from linkage.comparison_level order by place, level desc",
    "create or replace table people.reading as from linkage.reading order by report_id",
    *kept_fits.WRITTEN_ANEW,
)
# What has not changed since the night before stays where it is.
BROUGHT_FORWARD = (
    *(
        f"delete from people.{table} where record_key in (from linkage.other union all from linkage.gone)"
        for table in ("record", "scored_record", "blocking_key")
    ),
    "insert into people.record by name from linkage.cleaned",
    "insert into people.scored_record select record_key, content_key, written_key from linkage.cleaned join linkage.tonight using (record_key)",
    "insert into people.blocking_key by name from linkage.made_key",
    *(
        f"delete from people.{table} where {end} in (from linkage.stale)"
        for table in ("edge", "link_evidence")
        for end in ("record_a", "record_b")
    ),
    "insert into people.edge from linkage.scored order by record_a, record_b",
    """delete from people.link_evidence using linkage.unlinked as gone
    where link_evidence.record_a = gone.record_a and link_evidence.record_b = gone.record_b""",
    "insert into people.link_evidence by name from linkage.evidence order by record_a, record_b, place",
    "delete from people.reading where report_id not in (select report_id from linkage.reading_kept)",
    "insert into people.reading from linkage.read order by report_id",
    *kept_fits.BROUGHT_FORWARD,
)
# Of people either all are written,
ALL_PEOPLE = (
    f"create or replace table people.person_record as {PERSON_RECORD}",
    f"create or replace table people.text_span as {TEXT_SPAN.format('incoming_text_span')}",
    f"create or replace table people.link as {LINK}",
    *(f"create or replace table people.{table} as from incoming_{table}" for table in STANDING),
    PERSON,
)
# or those who are not as they were. This is found out before anything is written, which can be in one catalog only. A report read as before has
# the words that it had.
OF_SPAN = "report_id, span_start, span_end, record_id, record_source, person_id"
FOUND_OUT = (
    """create or replace table linkage.read_otherwise as
    select report_id from linkage.read union select report_id from people.reading anti join linkage.reading_kept using (report_id)""",
    f"""create or replace table linkage.span_gone as
    select {OF_SPAN} from people.text_span anti join incoming_text_span as found
        on (found.report_id, found.span_start, found.span_end, found.record_id, found.record_source) = (
            text_span.report_id, text_span.span_start, text_span.span_end, text_span.record_id, text_span.record_source
        ) and found.person_id is not distinct from text_span.person_id
    union select {OF_SPAN} from people.text_span semi join linkage.read_otherwise using (report_id)""",
    f"""create or replace table linkage.span_new as
    from (select {OF_SPAN} from incoming_text_span) as found anti join (
        select {OF_SPAN} from people.text_span anti join linkage.read_otherwise using (report_id)
    ) as before on (found.report_id, found.span_start, found.span_end, found.record_id, found.record_source) = (
        before.report_id, before.span_start, before.span_end, before.record_id, before.record_source
    ) and found.person_id is not distinct from before.person_id""",
    """create or replace table linkage.shown as
    from linkage.held union select person_id from incoming_person_record
    union select person_id from people.person_record
        semi join (from linkage.span_gone union all from linkage.span_new) as span on source = span.record_source and person_record.record_id = span.record_id""",
)
TOUCHED_PEOPLE = (
    "delete from people.person_record where person_id in (from linkage.held)",
    f"insert into people.person_record {PERSON_RECORD}",
    """delete from people.text_span using linkage.span_gone as gone where (text_span.report_id, text_span.span_start, text_span.record_source) = (
        gone.report_id, gone.span_start, gone.record_source
    ) and text_span.record_id = gone.record_id and text_span.span_end = gone.span_end and text_span.person_id is not distinct from gone.person_id""",
    f"insert into people.text_span {TEXT_SPAN.format('linkage.span_new')}",
    "delete from people.person where person_id in (from linkage.shown)",
    f"insert into people.person {SHOWN.format(' semi join linkage.shown using (person_id)')}",
    "delete from people.link using linkage.parted as gone where link.record_a = gone.record_a and link.record_b = gone.record_b",
    *(f"delete from people.link where {end} in (from linkage.gone)" for end in ("record_a", "record_b")),
    f"insert into people.link {LINK}",
    *(
        f"delete from people.{table} using outgoing_{table} as gone where " + " and ".join(f"{table}.{name} = gone.{name}" for name in told)
        for table, told in STANDING.items()
    ),
    *(
        f"delete from people.{table} where {end} in (from linkage.gone)"
        for table, told in STANDING.items()
        for end in told
        if end not in ("round", "stage")
    ),
    *(f"insert into people.{table} by name from incoming_{table}" for table in STANDING),
)
# After either, in the order they are made.
OUTPUT_TABLES = (
    "create or replace table people.later_name as from linkage.later_name",
    "create or replace table people.link_review as from incoming_link_review order by match_probability desc nulls last, person_a, person_b",
    "create or replace table people.judgement_state as from incoming_judgement_state order by judgement_id",
    "insert into people.person_change select as_of, change, person_id, other_person_id, records from incoming_change, known.as_of",
    "create or replace table people.decision as from incoming_decision",
    "create or replace table people.clustered_by as from incoming_clustered_by",
)


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that one night leaves for the next, where they are not there yet."""
    con.execute("create schema if not exists people")
    for table in (*KEPT_TABLES, *standing_tables.TABLES):
        con.execute(f"create table if not exists {table}")
    create_ledger(con)


def replace_tables(con: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame], *, anew: bool, all_people: bool) -> None:
    """Write a night's result: all of its tables or, should anything fail, none.

    `frames`: what the statements read, by name. `anew`: no record stays of the night before; `all_people`: no group of records does.
    """
    for name, frame in frames.items():
        con.register(name, frame.to_arrow())
    for statement in () if all_people else FOUND_OUT:
        con.execute(statement)
    try:
        with transaction(con):
            for statement in (
                *(MADE_ANEW if anew else BROUGHT_FORWARD),
                *(ALL_PEOPLE if all_people else TOUCHED_PEOPLE),
                *OUTPUT_TABLES,
            ):
                con.execute(statement)
    finally:
        for name in frames:
            con.unregister(name)
