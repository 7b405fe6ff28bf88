-- table: analyst.pairs
-- grain: pair_id
-- reads: pairs.pair
-- Every two people in contact.
select pair_id, person_a, person_b, lane, first_contact, last_contact
from pairs.pair
order by pair_id
