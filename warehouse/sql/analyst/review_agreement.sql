-- table: analyst.review_agreement
-- grain: reason
-- reads: alerts.review, alerts.flag, known.as_of
-- How reviewers decided about listed pairs, by each reason that raised the score when they did: which reasons convince, and which are dismissed.
with standing as (
    select review.review_id, review.pair_id, review.decision, review.list_as_of
    from alerts.review
    cross join known.as_of
    where review.decision not in ('withdraw', 'nominate') and review.made_at < as_of.as_of + 1
        and review.review_id not in (select withdraws from alerts.review where withdraws is not null)
),

given as (
    select distinct standing.review_id, standing.decision, split_part(reason.text, ':', 1) as reason
    from standing
    join alerts.flag as flag on flag.pair_id = standing.pair_id and flag.as_of = standing.list_as_of
    cross join unnest(flag.reasons) as reason(text)
    where not starts_with(reason.text, 'against: ') and not starts_with(reason.text, 'off the list: ')
)

select
    reason,
    count(*)::integer as reviews,
    count(*) filter (decision in ('agree', 'managed', 'refer'))::integer as agreed,
    count(*) filter (decision = 'dismiss')::integer as dismissed,
    count(*) filter (decision = 'wrong_link')::integer as wrong_link,
    avg((decision in ('agree', 'managed', 'refer'))::integer) as share_agreed
from given
group by reason
order by reviews desc, reason
