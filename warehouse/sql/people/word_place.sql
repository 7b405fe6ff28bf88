-- table: people.model_word
-- grain: word
-- reads: linkage.name, linkage.written
-- How much oftener a word is a surname than a forename: a pair of names much likelier the other way round was written the other way round.
select word, (count(*) filter (place = 'family') + 0.5) / (count(*) filter (place = 'given') + 0.5) as surname_odds
from (
    select given.tokens[1] as word, 'given' as place
    from linkage.written
    join linkage.name as given on given.written = written.forenames
    join linkage.name as family on family.written = written.surname
    where len(given.tokens) > 0 and len(family.tokens) > 0
    union all
    select unnest(family.tokens), 'family' from linkage.written join linkage.name as family on family.written = written.surname
)
group by word
order by word
