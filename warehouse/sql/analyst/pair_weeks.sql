-- table: analyst.pair_weeks
-- grain: pair_id, week
-- reads: features.pair_week, scores.pair_week, known.as_of
-- The score of each pair and week of the last year, and the features that it was made from, as known at the week's as-of date.
select score.score, score.raw, score.scorer, feature.*
from features.pair_week as feature
join scores.pair_week as score on score.pair_id = feature.pair_id and score.as_of = feature.as_of
where feature.as_of > (select as_of from known.as_of) - 371
    and feature.as_of in (select max(as_of) from features.pair_week group by week)
order by feature.pair_id, feature.week
