-- table: analyst.flagged_pairs
-- grain: lane, rank
-- reads: alerts.flag, known.as_of
-- The list of the latest run, each lane ranked from 1.
select as_of, "rank", pair_id, person_a, person_b, score, status, lane, district, first_flagged, reasons
from alerts.flag
where as_of = (select as_of from known.as_of)
order by lane, "rank"
