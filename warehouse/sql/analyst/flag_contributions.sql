-- table: analyst.flag_contributions
-- grain: lane, pair_id, feature
-- reads: alerts.flag, scores.contribution, features.catalogue, known.as_of
-- What each feature does to the score of each flagged pair, the weightiest first; what lowers the score has a weight below 0.
select
    flag.as_of,
    flag.lane,
    flag."rank",
    flag.pair_id,
    contribution.feature,
    catalogue.meaning,
    contribution.value,
    contribution.weight,
    flag.score,
    contribution.score_without
from alerts.flag as flag
join scores.contribution as contribution on contribution.pair_id = flag.pair_id and contribution.lane = flag.lane
join features.catalogue as catalogue on catalogue.name = contribution.feature
where flag.as_of = (select as_of from known.as_of)
order by flag.lane, flag."rank", abs(contribution.weight) desc, contribution.feature
