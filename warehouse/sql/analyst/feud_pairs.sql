-- table: analyst.feud_pairs
-- grain: pair_id
-- reads: features.feud_pair
-- Which pairs make up which feud.
select feud_id, pair_id, person_a, person_b
from features.feud_pair
order by feud_id, pair_id
