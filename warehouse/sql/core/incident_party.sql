-- table: core.incident_party
-- grain: record_id, known_from
-- reads: core.received_incident_party, core.version
-- One row per version of a person's part in an incident: what it said, from when to when that was known, and until when it counts (replaced or withdrawn).

select
    version.record_id,
    unnest(received.content),
    version.known_from,
    version.known_to,
    least(version.known_to, received.content.withdrawn_at) as counts_to,
    version.load_id,
    version.line
from core.version as version
join core.received_incident_party as received on received.load_id = version.load_id and received.line = version.line
where version.source = 'incident_party' and version.part = 'record'
