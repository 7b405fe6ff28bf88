-- table: analyst.flag_reasons
-- grain: lane, pair_id, ordinal
-- reads: alerts.flag_reason, alerts.flag, known.as_of
-- Why each pair is on the list: what raises and what lowers its score, what would take it off, and the query that returns the records behind each.
select
    reason.as_of,
    reason.lane,
    flag."rank",
    reason.pair_id,
    reason.ordinal,
    reason.reason,
    reason.direction,
    reason.theme,
    reason.weight,
    reason.share,
    reason.score_without,
    reason.is_exact,
    reason.features,
    reason.records,
    reason.record_ids,
    reason.query
from alerts.flag_reason as reason
join alerts.flag as flag on flag.as_of = reason.as_of and flag.lane = reason.lane and flag.pair_id = reason.pair_id
where reason.as_of = (select as_of from known.as_of)
order by reason.lane, flag."rank", reason.ordinal
