-- table: people.model_post
-- grain: area
-- reads: linkage.written
-- The district in which most incidents are whose people live in a postcode's sector (`AB1 2`, told from `AB12`, a postcode district, by its blank).
with told as (
    select upper(regexp_replace(postcode, '[^A-Za-z0-9]', '', 'g')) as post, district
    from linkage.written
    where district is not null
)
select area, mode(district order by district) as district
from (
    select post[:-4] as area, district from told where len(post) between 5 and 7
    union all
    select post[:-4] || ' ' || post[-3], district from told where len(post) between 5 and 7
)
group by area
order by area
