-- table: analyst.reviewers
-- grain: made_by
-- reads: alerts.review, known.as_of
-- How each reviewer decides, to see rubber stamps: agreeing with nearly all, or without a look at the evidence.
select
    review.made_by, count(*)::integer as reviews, avg((review.decision in ('agree', 'managed', 'refer'))::integer) as share_agreed,
    avg((review.decision in ('agree', 'managed', 'refer') and not coalesce(review.evidence_seen, false))::integer) as share_agreed_unseen,
    median(epoch(review.made_at - earlier.made_at)) as median_seconds_apart
from alerts.review
cross join known.as_of
left join lateral (
    select max(other.made_at) as made_at from alerts.review as other where other.made_by = review.made_by and other.made_at < review.made_at
) as earlier on true
where review.decision not in ('withdraw', 'nominate') and review.made_at < as_of.as_of + 1
group by review.made_by
order by review.made_by
