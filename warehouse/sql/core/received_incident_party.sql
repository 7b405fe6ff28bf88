-- table: core.received_incident_party
-- grain: load_id, line
-- reads: landing.incident_parties, ops.load
-- One accepted row of a person's part in an incident as it came, typed, under its record's key.
-- `content` is what a version is compared by; ethnicity is kept out of it.

select
    load.load_id,
    landed.line,
    load.file,
    load.extract_date,
    concat_ws('/', as_text(incident_id), as_int(party_no)) as record_id,
    as_moment(recorded_at) as recorded_at,
    as_ethnicity(ethnicity) as ethnicity,
    {
        incident_id: as_text(incident_id),
        party_no: as_int(party_no),
        role: as_code(role),
        nominal_ref: as_text(nominal_ref),
        surname: as_text(surname),
        forenames: as_text(forenames),
        alias: as_text(alias),
        date_of_birth: as_date(date_of_birth),
        sex: as_code(sex),
        postcode: as_text(postcode),
        recorded_at: as_moment(recorded_at),
        withdrawn_at: as_moment(withdrawn_at)
    } as content
from landing.incident_parties as landed
join ops.load as load on load.load_id = landed.load_id
