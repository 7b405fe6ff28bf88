-- table: core.exclusion
-- grain: record_id, known_from
-- reads: core.received_exclusion, core.version
-- One row per version of a suspension or exclusion: what it said, from when to when that was known (known_from, known_to),
-- and until when it counts: until it is replaced or withdrawn (counts_to).

select
    version.record_id,
    unnest(received.content),
    version.known_from,
    version.known_to,
    least(version.known_to, received.content.withdrawn_at) as counts_to,
    received.file,
    received.line
from core.version as version
join core.received_exclusion as received on received.load_id = version.load_id and received.line = version.line
where version.source = 'exclusion' and version.part = 'record'
