-- table: analyst.pair_timeline
-- grain: none
-- reads: pairs.event, codes.event_kind
-- Everything that passed between two people and counts today; a protected report shows its date, severity and grade and no more.
select
    pair_id,
    person_a,
    person_b,
    occurred_at,
    known_at,
    source,
    case when is_protected then null else record_id end as record_id,
    case when is_protected or other_record_id = '' then null else other_record_id end as other_record_id,
    case when is_protected then 'protected_intelligence' else event.kind end as kind,
    case when is_protected then 'not shown' else event_kind.meaning end as meaning,
    case when is_protected then 'mutual' else direction end as direction,
    case when is_protected then null else event.stance end as stance,
    severity,
    is_serious as serious,
    is_domestic as domestic,
    is_grave and is_domestic as serious_domestic,
    case when is_protected then null else weapon end as weapon,
    case when is_protected then null else offence_code end as offence_code,
    grade,
    is_protected,
    case when is_protected then null else role_a end as role_a,
    case when is_protected then null else role_b end as role_b,
    case when is_protected then null else district end as district,
    case when is_protected then null else summary end as summary
from pairs.event
join codes.event_kind on event_kind.kind = event.kind
where known_to is null
order by pair_id, occurred_at
