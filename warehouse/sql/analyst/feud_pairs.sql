-- table: analyst.feud_pairs
-- grain: feud_id, pair_id
-- reads: alerts.feud, features.feud_pair, features.feud_person, scores.pair_week, alerts.flag, known.as_of
-- Which pairs in live conflict make up which feud, each with its score and its place on the list; is_across if the two stand on different sides.
select
    feud.feud_id,
    feud.pair_id,
    feud.person_a,
    feud.person_b,
    score.score,
    coalesce(one.side <> other.side, false) as is_across,
    flag."rank" as list_rank
from features.feud_pair as feud
join alerts.feud as ranked on ranked.feud_id = feud.feud_id
join features.feud_person as one on one.feud_id = feud.feud_id and one.person_id = feud.person_a
join features.feud_person as other on other.feud_id = feud.feud_id and other.person_id = feud.person_b
left join scores.pair_week as score on score.pair_id = feud.pair_id and score.as_of = (select as_of from known.as_of)
left join alerts.flag as flag on flag.pair_id = feud.pair_id and flag.lane = 'conflict' and flag.as_of = (select as_of from known.as_of)
order by ranked."rank", feud.feud_id, score.score desc nulls last, feud.pair_id
