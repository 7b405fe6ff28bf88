-- table: analyst.watched_pairs
-- grain: pair_id
-- reads: alerts.watched_pair, scores.pair_week, known.as_of
-- The pairs that someone put on watch, whatever their score, until the day named.
select watched.pair_id, watched.made_by, watched.made_at, watched.note, watched.until, watched.review_id, score.score
from alerts.watched_pair as watched
cross join known.as_of
left join scores.pair_week as score on score.pair_id = watched.pair_id and score.as_of = as_of.as_of
order by watched.pair_id
