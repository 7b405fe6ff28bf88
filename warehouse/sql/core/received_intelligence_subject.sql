-- table: core.received_intelligence_subject
-- grain: load_id, line
-- reads: landing.intelligence_subjects, ops.load
-- One accepted row of a subject of a report as it came, typed, under its record's key.
-- `content` is what a version is compared by.

select
    load.load_id,
    landed.line,
    load.file,
    load.extract_date,
    concat_ws('/', as_text(report_id), as_int(subject_no)) as record_id,
    {
        report_id: as_text(report_id),
        subject_no: as_int(subject_no),
        nominal_ref: as_text(nominal_ref),
        surname: as_text(surname),
        forenames: as_text(forenames),
        alias: as_text(alias),
        date_of_birth: as_date(date_of_birth),
        sex: as_code(sex),
        postcode: as_text(postcode),
        withdrawn_at: as_moment(withdrawn_at)
    } as content
from landing.intelligence_subjects as landed
join ops.load as load on load.load_id = landed.load_id
