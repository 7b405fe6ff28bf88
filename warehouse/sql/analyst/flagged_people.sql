-- table: analyst.flagged_people
-- grain: lane, pair_id, side
-- reads: alerts.flag, known.as_of, people.person, pairs.event
-- The two people of each flagged pair: age, and the roles each has had towards the other in what may be shown.
with side as (
    select as_of, lane, pair_id, 'a' as side, person_a as person_id from alerts.flag where as_of = (select as_of from known.as_of)
    union all
    select as_of, lane, pair_id, 'b' as side, person_b as person_id from alerts.flag where as_of = (select as_of from known.as_of)
),

event as (
    select pair_id, record_id, kind, role_a, role_b
    from pairs.event
    where known_to is null and stance = 'adverse' and not is_protected and pair_id in (select pair_id from side)
),

acted as (
    select pair_id, record_id, kind, 'a' as side, role_a as role from event
    union all
    select pair_id, record_id, kind, 'b' as side, role_b as role from event
),

role as (
    select pair_id, side, role, count(distinct record_id) as events from acted group by all
),

-- to be named in a dispute, or in fear of each other, is no act of anybody's
victim as (
    select
        pair_id,
        side,
        bool_or(role in ('VICTIM', 'SAID TO BE TARGET'))
        and bool_and(role in ('VICTIM', 'SAID TO BE TARGET') or (role = 'NAMED' and kind in ('dispute', 'fear'))) as only_victim
    from acted
    group by all
),

roles as (
    select pair_id, side, string_agg(lower(role) || ' ' || events, ', ' order by events desc, role) as roles from role group by all
)

select
    side.as_of,
    side.lane,
    side.pair_id,
    side.person_id,
    side.side,
    coalesce(person.display_name, 'Name not known') as display_name,
    date_diff('year', person.date_of_birth, side.as_of)
    - (strftime(side.as_of, '%m%d') < strftime(person.date_of_birth, '%m%d'))::integer as age,
    date_diff('year', person.date_of_birth, side.as_of)
    - (strftime(side.as_of, '%m%d') < strftime(person.date_of_birth, '%m%d'))::integer < 18 as is_under_18,
    person.sex,
    person.district,
    roles.roles,
    coalesce(victim.only_victim, false) as only_victim
from side
join people.person on person.person_id = side.person_id
left join roles on roles.pair_id = side.pair_id and roles.side = side.side
left join victim on victim.pair_id = side.pair_id and victim.side = side.side
order by side.lane, side.pair_id, side.side
