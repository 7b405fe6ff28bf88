-- table: analyst.link_review
-- grain: person_a, person_b
-- reads: people.link_review
-- Pairs of people that the linkage was not sure about: neither merged nor forgotten.
select person_a, person_b, round(match_probability, 6) as match_probability, why
from people.link_review
order by link_review.match_probability desc, person_a, person_b
