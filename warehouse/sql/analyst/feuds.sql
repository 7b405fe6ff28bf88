-- table: analyst.feuds
-- grain: feud_id
-- reads: alerts.feud, features.feud_pair, features.feud_person, pairs.event, known.as_of
-- Three people or more held together by live conflicts, first to look at first; score is the chance that serious violence follows between any two of them.
with pair as (
    select feud_id, count(*)::integer as pairs from features.feud_pair group by feud_id
),

person as (
    select feud_id, count(*)::integer as people, any_value(founded_on) as founded_on from features.feud_person group by feud_id
),

place as (
    select feud.feud_id, arg_max(event.district, event.occurred_at) filter (where event.district is not null) as district
    from features.feud_pair as feud
    join pairs.event as event on event.pair_id = feud.pair_id and event.known_to is null and event.stance = 'adverse'
    group by feud.feud_id
)

select
    feud.as_of,
    feud."rank",
    feud.feud_id,
    feud.score,
    pair.pairs,
    person.people,
    place.district,
    person.founded_on,
    feud.best_pair_score,
    feud.listed_pairs,
    feud.is_warning,
    feud.reasons,
    feud.score_note,
    feud.track_record
from alerts.feud as feud
join pair on pair.feud_id = feud.feud_id
join person on person.feud_id = feud.feud_id
left join place on place.feud_id = feud.feud_id
where feud.as_of = (select as_of from known.as_of)
order by feud."rank"
