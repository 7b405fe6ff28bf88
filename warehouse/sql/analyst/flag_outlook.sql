-- table: analyst.flag_outlook
-- grain: lane, pair_id, scenario, days
-- reads: alerts.flag, alerts.cut_off, scores.outlook, known.as_of
-- What the score of each flagged pair would come to on later days if nothing more happened, and if a report of peace came in tonight; not a forecast.
select
    flag.as_of,
    flag.lane,
    flag."rank",
    flag.pair_id,
    outlook.scenario,
    outlook.days,
    flag.as_of + outlook.days as day,
    outlook.score,
    coalesce(outlook.raw >= cut_off.raw, true) as is_on_list
from alerts.flag as flag
join scores.outlook as outlook on outlook.pair_id = flag.pair_id and outlook.lane = flag.lane
left join alerts.cut_off as cut_off on cut_off.lane = flag.lane
where flag.as_of = (select as_of from known.as_of)
order by flag.lane, flag."rank", outlook.scenario desc, outlook.days
