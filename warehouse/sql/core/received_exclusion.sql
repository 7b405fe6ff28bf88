-- table: core.received_exclusion
-- grain: load_id, line
-- reads: landing.exclusions, ops.load
-- One accepted row of a suspension or exclusion as it came, typed, under its record's key.
-- `content` is what a version is compared by; ethnicity is kept out of it.

select
    load.load_id,
    landed.line,
    load.file,
    load.extract_date,
    concat_ws('/', as_text(upn), as_text(school_urn), as_date(start_date)) as record_id,
    as_moment(recorded_at) as recorded_at,
    as_ethnicity(ethnicity) as ethnicity,
    {
        upn: as_text(upn),
        surname: as_text(surname),
        forename: as_text(forename),
        preferred_surname: as_text(preferred_surname),
        date_of_birth: as_date(date_of_birth),
        sex: as_code(sex),
        postcode: as_text(postcode),
        school_urn: as_text(school_urn),
        school_name: as_text(school_name),
        category: as_code(category),
        reason_1: as_code(reason_1),
        reason_2: as_code(reason_2),
        reason_3: as_code(reason_3),
        start_date: as_date(start_date),
        sessions: as_int(sessions),
        year_group: as_text(year_group),
        recorded_at: as_moment(recorded_at),
        withdrawn_at: as_moment(withdrawn_at)
    } as content
from landing.exclusions as landed
join ops.load as load on load.load_id = landed.load_id
