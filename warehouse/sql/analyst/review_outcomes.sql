-- table: analyst.review_outcomes
-- grain: decision, reason
-- reads: alerts.review, pairs.event, known.as_of
-- What became of pairs after each kind of decision: not a proof of what a decision did, since it was not made by lot.
with judged as (
    select review.review_id, review.decision, review.reason, review.score, review.evidence_seen,
        review.made_at + interval 28 days < as_of.as_of + 1 as is_over,
        exists (
            select 1 from pairs.event
            where event.pair_id = review.pair_id and event.is_serious and event.known_to is null
                and event.occurred_at > review.made_at and event.occurred_at <= review.made_at + interval 28 days
        ) as was_serious
    from alerts.review
    cross join known.as_of
    where review.decision not in ('withdraw', 'nominate') and review.made_at < as_of.as_of + 1
        and review.review_id not in (select withdraws from alerts.review where withdraws is not null)
)

select
    decision, reason, count(*)::integer as reviews, avg(score) as mean_score, count(*) filter (where is_over)::integer as reviews_over,
    count(*) filter (where is_over and was_serious)::integer as followed_by_serious, count(*) filter (where evidence_seen)::integer as evidence_seen
from judged
group by decision, reason
order by decision, reason
