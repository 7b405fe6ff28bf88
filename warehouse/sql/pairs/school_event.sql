-- table: pairs.school_event
-- grain: person_a, person_b, record_id, other_record_id, known_from
-- reads: known.exclusion, people.person_record, codes.event_kind, codes.offence
-- Two pupils suspended for an assault on or threats to a pupil at one school within a day of each other: weak evidence of a fight.
with pupil as (
    select
        exclusion.record_id,
        person_record.person_id,
        exclusion.school_urn,
        exclusion.start_date,
        'PP' in (exclusion.reason_1, exclusion.reason_2, exclusion.reason_3) as is_assault,
        exclusion.known_from,
        exclusion.counts_to
    from known.exclusion
    join people.person_record on person_record.source = 'exclusion' and person_record.record_id = exclusion.record_id
    where (list_has_any([exclusion.reason_1, exclusion.reason_2, exclusion.reason_3], ['PP', 'VP']))
        and (exclusion.counts_to is null or exclusion.counts_to > exclusion.known_from)
)

select
    a.person_id as person_a,
    b.person_id as person_b,
    a.record_id,
    b.record_id as other_record_id,
    greatest(a.known_from, b.known_from) as known_from,
    any_value(least(a.counts_to, b.counts_to)) as known_to,
    any_value(greatest(a.start_date, b.start_date)::timestamp) as occurred_at,
    any_value(case when a.is_assault and b.is_assault then 'school_assault' else 'school_threat' end) as kind,
    any_value(offence.ons_css_weight_2021) as severity,
    any_value(event_kind.stance) as stance,
    any_value(event_kind.evidence)::double as evidence
from pupil as a
join pupil as b
    on b.school_urn = a.school_urn
    and b.start_date between a.start_date - 1 and a.start_date + 1
    and a.person_id < b.person_id
join codes.event_kind on event_kind.kind = case when a.is_assault and b.is_assault then 'school_assault' else 'school_threat' end
left join codes.offence on offence.code = event_kind.severity_as_code
where coalesce(least(a.counts_to, b.counts_to), 'infinity'::timestamp) > greatest(a.known_from, b.known_from)
group by a.person_id, b.person_id, a.record_id, b.record_id, greatest(a.known_from, b.known_from)
