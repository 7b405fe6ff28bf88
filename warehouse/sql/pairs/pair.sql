-- table: pairs.pair
-- grain: pair_id
-- reads: pairs.event
-- Every two people in contact by what is known and counts now. A pair with a domestic-flagged incident is in the domestic lane.
select
    pair_id,
    any_value(person_a) as person_a,
    any_value(person_b) as person_b,
    case when bool_or(is_domestic) then 'domestic' else 'conflict' end as lane,
    min(occurred_at) as first_contact,
    max(occurred_at) as last_contact
from pairs.event
where known_to is null
group by pair_id
