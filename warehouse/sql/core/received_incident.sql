-- table: core.received_incident
-- grain: load_id, line
-- reads: landing.incidents, ops.load
-- One accepted row of an incident as it came, typed, under its record's key.
-- `content` is what a version is compared by.

select
    load.load_id,
    landed.line,
    load.file,
    load.extract_date,
    as_text(incident_id) as record_id,
    as_moment(recorded_at) as recorded_at,
    {
        incident_id: as_text(incident_id),
        recorded_at: as_moment(recorded_at),
        occurred_from: as_moment(occurred_from),
        occurred_to: as_moment(occurred_to),
        offence_code: as_padded_code(offence_code),
        offence_description: as_text(offence_description),
        domestic: as_flag(domestic),
        weapon: as_code(weapon),
        location_type: as_code(location_type),
        postcode: as_text(postcode),
        district: as_code(district),
        school_urn: as_text(school_urn),
        summary: as_text(summary),
        withdrawn_at: as_moment(withdrawn_at)
    } as content
from landing.incidents as landed
join ops.load as load on load.load_id = landed.load_id
