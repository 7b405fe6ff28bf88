-- table: analyst.scorers
-- grain: lane, scorer
-- reads: scores.scorer
-- How each rule would have done on the settled weeks, and which one makes the scores.
select lane, scorer, meaning, average_precision, precision_at_list, outcomes, is_chosen, calibration
from scores.scorer
order by lane, average_precision desc
