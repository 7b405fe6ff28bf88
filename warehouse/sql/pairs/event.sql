-- table: pairs.event
-- grain: pair_id, source, record_id, other_record_id, kind, direction, known_from
-- reads: pairs.incident_event, pairs.report_event, pairs.school_event, people.person, known.as_of
-- Everything known to have passed between two people, whatever the source, with the interval in which that version counted. What is
-- recorded ahead of its day (a suspension from Monday) has not passed between them yet.
with every_event as (
    select 'incident' as source, '' as other_record_id, null as grade, false as is_protected, * from pairs.incident_event
    union all by name
    select 'intelligence' as source, '' as other_record_id, false as is_grave, false as is_domestic, * from pairs.report_event
    union all by name
    select
        'exclusion' as source, 'mutual' as direction, false as is_protected, false as is_grave, false as is_domestic,
        'SUSPENDED' as role_a, 'SUSPENDED' as role_b, *
    from pairs.school_event
)

select
    person_a || '-' || person_b as pair_id,
    person_a,
    person_b,
    source,
    record_id,
    other_record_id,
    occurred_at,
    min(known_from) over (partition by person_a, person_b, source, record_id) as known_at,
    known_from,
    known_to,
    kind,
    stance,
    direction,
    role_a,
    role_b,
    coalesce(severity, 0)::double as severity,
    evidence,
    is_grave,
    is_grave and not is_domestic as is_serious,
    is_domestic,
    weapon,
    offence_code,
    grade,
    is_protected,
    coalesce(every_event.district, one.district, two.district) as district,
    summary
from every_event
left join people.person as one on one.person_id = person_a
left join people.person as two on two.person_id = person_b
where every_event.occurred_at < (select as_of + 1 from known.as_of)
