-- table: core.ethnicity
-- grain: source, record_id, known_from
-- reads: core.received_incident_party, core.received_exclusion, core.version
-- One row per version of a self-defined ethnicity that a record gave. It stands apart from the records: the fairness audit alone reads it.

with given as (
    select 'incident_party' as source, load_id, line, ethnicity from core.received_incident_party
    union all
    select 'exclusion', load_id, line, ethnicity from core.received_exclusion
)

select
    version.source,
    version.record_id,
    given.ethnicity,
    version.known_from,
    version.known_to
from core.version as version
join given on given.source = version.source and given.load_id = version.load_id and given.line = version.line
where version.part = 'ethnicity' and given.ethnicity is not null
