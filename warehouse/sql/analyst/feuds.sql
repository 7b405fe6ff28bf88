-- table: analyst.feuds
-- grain: feud_id
-- reads: features.feud_pair, scores.pair_week, pairs.event, known.as_of
-- Groups of three people or more held together by live conflicts; score is the chance that serious violence follows between any two of them.
with scored as (
    select feud.feud_id, feud.pair_id, feud.person_a, feud.person_b, score.score
    from features.feud_pair as feud
    join scores.pair_week as score on score.pair_id = feud.pair_id and score.as_of = (select as_of from known.as_of)
),

person as (
    select feud_id, count(distinct person_id) as people
    from (select feud_id, unnest([person_a, person_b]) as person_id from scored)
    group by feud_id
),

place as (
    select feud_id, arg_max(event.district, event.occurred_at) filter (where event.district is not null) as district
    from scored
    join pairs.event on event.pair_id = scored.pair_id and event.known_to is null
    group by feud_id
)

select
    scored.feud_id,
    (select as_of from known.as_of) as as_of,
    count(*)::integer as pairs,
    any_value(person.people)::integer as people,
    any_value(place.district) as district,
    1 - product(1 - scored.score) as score
from scored
join person on person.feud_id = scored.feud_id
left join place on place.feud_id = scored.feud_id
group by scored.feud_id
order by score desc, scored.feud_id
