-- table: analyst.link_review
-- grain: person_a, person_b
-- reads: people.link_review, known.judgement
-- Pairs of people that the linkage was not sure about: neither merged nor forgotten.
select
    review.person_a,
    review.person_b,
    round(review.match_probability, 6) as match_probability,
    review.why,
    judgement.judgement,
    review.judgement_id
from people.link_review as review
left join known.judgement as judgement on judgement.judgement_id = review.judgement_id
order by review.match_probability desc nulls last, review.person_a, review.person_b
