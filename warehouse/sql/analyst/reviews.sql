-- table: analyst.reviews
-- grain: review_id
-- reads: alerts.review, alerts.standing_review, known.as_of
-- Every decision that people made about pairs up to the as-of date, taken back or not.
select
    review.review_id, coalesce(standing.pair_id, review.pair_id) as pair_id, review.decision, review.reason, review.pathway, review.note, review.until,
    review.made_by, review.made_at, review.evidence_seen, review.list_as_of, review.score,
    review.withdraws, back.review_id as withdrawn_by, coalesce(standing.is_off, false) as keeps_off, standing.back_because
from alerts.review
cross join known.as_of
left join alerts.standing_review as standing using (review_id)
left join alerts.review as back on back.withdraws = review.review_id and back.made_at < as_of.as_of + 1
where review.made_at < as_of.as_of + 1
order by review.made_at, review.review_id
