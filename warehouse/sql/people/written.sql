-- table: people.written
-- grain: source, record_id
-- reads: known.exclusion, known.incident, known.incident_party, known.intelligence, known.intelligence_subject
-- One row per record that names a person, as the agency wrote it in the version known just before $moment; withdrawn ones too, since a correction
-- must be traceable.
with first_known as (
    select 'incident_party' as source, record_id, min(known_from) as known_from from known.incident_party group by record_id
    union all
    select 'intelligence_subject', record_id, min(known_from) from known.intelligence_subject group by record_id
    union all
    select 'exclusion', record_id, min(known_from) from known.exclusion group by record_id
),
named as (
    select
        'incident_party' as source,
        party.record_id,
        party.incident_id as context_id,
        party.role,
        party.counts and coalesce(incident.counts, true) as counts,
        party.nominal_ref,
        party.surname,
        null::varchar as preferred_surname,
        party.forenames,
        party.alias,
        party.date_of_birth,
        party.sex,
        party.postcode,
        null::varchar as upn,
        incident.district,
        null::varchar as school
    from known.incident_party as party
    left join known.incident as incident
        on incident.incident_id = party.incident_id and incident.known_from < $moment and coalesce(incident.known_to >= $moment, true)
    where party.known_from < $moment and coalesce(party.known_to >= $moment, true)
    union all
    select
        'intelligence_subject',
        subject.record_id,
        subject.report_id,
        'SUBJECT',
        subject.counts and coalesce(report.counts, true),
        subject.nominal_ref,
        subject.surname,
        null,
        subject.forenames,
        subject.alias,
        subject.date_of_birth,
        subject.sex,
        subject.postcode,
        null,
        null,
        null
    from known.intelligence_subject as subject
    left join known.intelligence as report
        on report.report_id = subject.report_id and report.known_from < $moment and coalesce(report.known_to >= $moment, true)
    where subject.known_from < $moment and coalesce(subject.known_to >= $moment, true)
    union all
    select
        'exclusion',
        pupil.record_id,
        null,
        'PUPIL',
        pupil.counts,
        null,
        pupil.surname,
        pupil.preferred_surname,
        pupil.forename,
        null,
        pupil.date_of_birth,
        pupil.sex,
        pupil.postcode,
        pupil.upn,
        null,
        pupil.school_name
    from known.exclusion as pupil
    where pupil.known_from < $moment and coalesce(pupil.known_to >= $moment, true)
)
select
    (md5_number_lower(named.source || ':' || named.record_id) >> 1)::bigint as record_key,
    named.*,
    -- nobody sends these yet; records are compared by them where they are there
    null::varchar as address_line,
    null::varchar as town,
    null::varchar as birth_place,
    null::varchar as occupation,
    first_known.known_from
from named
join first_known using (source, record_id)
