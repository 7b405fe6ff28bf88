-- table: pairs.incident_event
-- grain: person_a, person_b, record_id, kind, direction, known_from
-- reads: pairs.party, pairs.offence, known.incident, codes.event_kind, codes.grave_weapon
-- What one incident says passed between two of its parties: suspect against victim; two suspects of an affray against each other
-- until a victim is known; people whose roles in a fight are not known; co-suspects and co-victims as allies.
with victim_known as (
    select incident_id, min(known_from) as since from pairs.party where role = 'VICTIM' group by all
),

two as (
    select
        incident.record_id,
        incident.occurred_from as occurred_at,
        incident.weapon,
        incident.offence_code,
        incident.district,
        incident.summary,
        incident.domestic as is_domestic,
        offence.severity,
        offence.kind as offence_kind,
        offence.is_affray,
        offence.is_always_serious
        or (offence.is_serious_with_weapon and coalesce(incident.weapon, '') in (select weapon from codes.grave_weapon)) as is_serious_violence,
        a.person_id as person_a,
        b.person_id as person_b,
        a.role as role_a,
        b.role as role_b,
        victim_known.since as victim_since,
        greatest(incident.known_from, a.known_from, b.known_from) as known_from,
        least(incident.counts_to, a.counts_to, b.counts_to) as known_to
    from pairs.party as a
    join pairs.party as b on b.incident_id = a.incident_id and a.person_id < b.person_id
    join known.incident on incident.record_id = a.incident_id
    join pairs.offence on offence.code = incident.offence_code
    left join victim_known on victim_known.incident_id = a.incident_id
),

suspect_and_victim as (
    select
        *,
        offence_kind as kind,
        case when role_a = 'SUSPECT' then 'a_to_b' else 'b_to_a' end as direction,
        is_serious_violence as is_grave
    from two
    where (role_a = 'SUSPECT' and role_b = 'VICTIM') or (role_a = 'VICTIM' and role_b = 'SUSPECT')
),

against_each_other as (
    select * replace (least(known_to, victim_since) as known_to), offence_kind as kind, 'mutual' as direction, is_serious_violence as is_grave
    from two
    where is_affray and role_a in ('SUSPECT', 'INVOLVED') and role_b in ('SUSPECT', 'INVOLVED')
    union all by name
    select *, offence_kind as kind, 'mutual' as direction, false as is_grave
    from two
    where not is_affray and role_a = 'INVOLVED' and role_b = 'INVOLVED' and offence_kind in ('assault', 'serious_assault', 'disorder', 'threat', 'harassment')
),

together as (
    select
        * replace (case when is_affray and role_a = 'SUSPECT' then greatest(known_from, victim_since) else known_from end as known_from, 0 as severity),
        case when role_a = 'SUSPECT' then 'co_suspect' else 'co_victim' end as kind,
        'mutual' as direction,
        false as is_grave
    from two
    where role_a = role_b and role_a in ('SUSPECT', 'VICTIM') and (not is_affray or role_a = 'VICTIM' or victim_since is not null)
),

unclear as (
    select * replace (0 as severity), 'both_involved' as kind, 'mutual' as direction, false as is_grave
    from two
    where (role_a = 'INVOLVED') != (role_b = 'INVOLVED') and not (is_affray and 'SUSPECT' in (role_a, role_b))
)

select
    person_a,
    person_b,
    record_id,
    kind,
    direction,
    known_from,
    min(known_to) as known_to,
    any_value(occurred_at) as occurred_at,
    min(role_a) as role_a,
    min(role_b) as role_b,
    any_value(severity) as severity,
    any_value(event_kind.stance) as stance,
    any_value(event_kind.evidence)::double as evidence,
    bool_or(is_grave) as is_grave,
    any_value(is_domestic) as is_domestic,
    any_value(weapon) as weapon,
    any_value(offence_code) as offence_code,
    any_value(district) as district,
    any_value(summary) as summary
from (
    select * from suspect_and_victim
    union all by name select * from against_each_other
    union all by name select * from together
    union all by name select * from unclear
)
join codes.event_kind using (kind)
where known_to is null or known_to > known_from
group by person_a, person_b, record_id, kind, direction, known_from
