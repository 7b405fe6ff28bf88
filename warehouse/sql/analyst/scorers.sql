-- table: analyst.scorers
-- grain: lane, scorer
-- reads: scores.scorer
-- How each scorer would have done on the settled weeks, which one makes the scores, and why.
select lane, scorer, meaning, average_precision, precision_at_list, weeks, outcomes, is_chosen, note, calibration, trained_as_of
from scores.scorer
order by lane, average_precision desc, scorer
