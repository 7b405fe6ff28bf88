-- table: core.received_intelligence
-- grain: load_id, line
-- reads: landing.intelligence, ops.load
-- One accepted row of an intelligence report as it came, typed, under its record's key.
-- `content` is what a version is compared by.

select
    load.load_id,
    landed.line,
    load.file,
    load.extract_date,
    as_text(report_id) as record_id,
    as_moment(recorded_at) as recorded_at,
    {
        report_id: as_text(report_id),
        recorded_at: as_moment(recorded_at),
        event_date: as_date(event_date),
        source_evaluation: as_code(source_evaluation),
        intelligence_assessment: as_code(intelligence_assessment),
        handling_code: as_code(handling_code),
        handling_conditions: as_text(handling_conditions),
        origin: as_code(origin),
        text: as_text(text),
        withdrawn_at: as_moment(withdrawn_at)
    } as content
from landing.intelligence as landed
join ops.load as load on load.load_id = landed.load_id
