-- table: analyst.person_pairs
-- grain: person_id, other_id
-- reads: pairs.pair, pairs.event, people.person, scores.pair_week, alerts.flag, features.feud_pair, known.as_of
-- With whom each person is in contact, every pair from both sides: how it scores, what passed in a year, and where it is listed.
with event as (
    select pair_id,
        count(distinct (source, record_id)) filter (stance = 'adverse' and not is_protected and occurred_at > as_of.as_of - 365) as adverse_365d,
        count(distinct record_id) filter (is_serious and occurred_at > as_of.as_of - 365) as serious_365d,
        max(occurred_at) filter (stance = 'adverse' and not is_protected)::date as last_adverse
    from pairs.event
    cross join known.as_of
    where known_to is null
    group by pair_id
),

score as (
    select pair_id, score from scores.pair_week qualify row_number() over (partition by pair_id order by as_of desc) = 1
),

place as (
    select pair_id, min("rank") as list_rank from alerts.flag where as_of = (select as_of from known.as_of) group by pair_id
),

feud as (
    select pair_id, any_value(feud_id) as feud_id from features.feud_pair group by pair_id
),

side as (
    select person_a as person_id, person_b as other_id, * exclude (person_a, person_b) from pairs.pair
    union all
    select person_b as person_id, person_a as other_id, * exclude (person_a, person_b) from pairs.pair
)

select
    side.person_id,
    side.other_id,
    coalesce(other.display_name, 'Name not known') as other_name,
    date_sub('year', other.date_of_birth, as_of.as_of)::integer as other_age,
    side.pair_id,
    side.lane,
    score.score,
    coalesce(event.adverse_365d, 0)::integer as adverse_365d,
    coalesce(event.serious_365d, 0)::integer as serious_365d,
    event.last_adverse,
    side.last_contact::date as last_contact,
    place.list_rank,
    feud.feud_id
from side
cross join known.as_of
join people.person as other on other.person_id = side.other_id
left join event on event.pair_id = side.pair_id
left join score on score.pair_id = side.pair_id
left join place on place.pair_id = side.pair_id
left join feud on feud.pair_id = side.pair_id
order by side.person_id, score.score desc nulls last, side.other_id
