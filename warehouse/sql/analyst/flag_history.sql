-- table: analyst.flag_history
-- grain: as_of, lane, rank
-- reads: alerts.flag
-- The lists of all runs.
select as_of, "rank", pair_id, person_a, person_b, score, status, lane, district, first_flagged, reasons
from alerts.flag
order by as_of, lane, "rank"
