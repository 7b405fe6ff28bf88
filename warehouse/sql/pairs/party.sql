-- table: pairs.party
-- grain: record_id, known_from
-- reads: known.incident_party, people.person_record
-- A person's part in an incident, in the interval in which that version of it counted. People hurt at work and witnesses are
-- no party to a conflict and stay out.
select
    party.incident_id,
    party.record_id,
    person_record.person_id,
    party.role,
    party.known_from,
    party.counts_to
from known.incident_party as party
join people.person_record on person_record.source = 'incident_party' and person_record.record_id = party.record_id
where party.role in ('SUSPECT', 'VICTIM', 'INVOLVED')
    and (party.counts_to is null or party.counts_to > party.known_from)
