-- table: core.version
-- grain: source, part, record_id, known_from
-- reads: core.received_incident, core.received_incident_party, core.received_intelligence, core.received_intelligence_subject, core.received_exclusion
-- One row per version of a record, and from when to when it was the one known: the one place that says when something was known.
-- A record's first row is known from its recorded_at (a subject's from its report's), a later one from the day its extract was cut,
-- and none before the first. Rows are taken in the order of extract date, file and line: it does not matter when a file arrived.

with report as (
    select record_id, arg_min(recorded_at, (extract_date, file, load_id, line)) as recorded_at
    from core.received_intelligence
    group by record_id
),

received as (
    select 'incident' as source, 'record' as part, record_id, extract_date, file, load_id, line, recorded_at, hash(content) as content
    from core.received_incident
    union all
    select 'incident_party', 'record', record_id, extract_date, file, load_id, line, recorded_at, hash(content)
    from core.received_incident_party
    union all
    select 'incident_party', 'ethnicity', record_id, extract_date, file, load_id, line, recorded_at, hash(ethnicity)
    from core.received_incident_party
    union all
    select 'intelligence', 'record', record_id, extract_date, file, load_id, line, recorded_at, hash(content)
    from core.received_intelligence
    union all
    select 'intelligence_subject', 'record', subject.record_id, extract_date, file, load_id, line, report.recorded_at, hash(content)
    from core.received_intelligence_subject as subject
    join report on report.record_id = subject.content.report_id
    union all
    select 'exclusion', 'record', record_id, extract_date, file, load_id, line, recorded_at, hash(content)
    from core.received_exclusion
    union all
    select 'exclusion', 'ethnicity', record_id, extract_date, file, load_id, line, recorded_at, hash(ethnicity)
    from core.received_exclusion
),

ordered as (
    select
        *,
        row_number() over record as place,
        first_value(recorded_at) over record as first_recorded_at
    from received
    window record as (partition by source, part, record_id order by extract_date, file, load_id, line)
),

dated as (
    select
        *,
        case when place = 1 then first_recorded_at else greatest(cast(extract_date as timestamp), first_recorded_at) end as known_from
    from ordered
),

-- of rows that became known at one moment, the last is what was known
last_at_moment as (
    select * from dated
    qualify row_number() over (partition by source, part, record_id, known_from order by place desc) = 1
),

changed as (
    select * from last_at_moment
    qualify lag(content) over (partition by source, part, record_id order by place) is distinct from content
)

select
    source,
    part,
    record_id,
    load_id,
    line,
    known_from,
    lead(known_from) over (partition by source, part, record_id order by place) as known_to
from changed
