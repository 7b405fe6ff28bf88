-- table: analyst.feud_people
-- grain: feud_id, person_id
-- reads: alerts.feud, features.feud_person, features.feud_pair, people.person, pairs.event, known.as_of
-- The people of each feud and the side that each stands on as far as conflicts and alliances tell; all of them have a live conflict of their own there.
with role as (
    select distinct feud.feud_id, person_id, role, event.kind
    from features.feud_pair as feud
    join pairs.event as event on event.pair_id = feud.pair_id and event.known_to is null and event.stance = 'adverse' and not event.is_protected
    cross join lateral (values (event.person_a, event.role_a), (event.person_b, event.role_b)) as part (person_id, role)
),

-- to be named in a dispute, or in fear of each other, is no act of anybody's
victim as (
    select
        feud_id,
        person_id,
        bool_or(role in ('VICTIM', 'SAID TO BE TARGET'))
        and bool_and(role in ('VICTIM', 'SAID TO BE TARGET') or (role = 'NAMED' and kind in ('dispute', 'fear'))) as only_victim
    from role
    group by feud_id, person_id
),

conflict as (
    select feud_id, person_id, count(*)::integer as pairs
    from (select feud_id, unnest([person_a, person_b]) as person_id from features.feud_pair)
    group by feud_id, person_id
)

select
    member.feud_id,
    member.side,
    member.person_id,
    person.display_name,
    date_diff('year', person.date_of_birth, known.as_of.as_of)
    - (strftime(known.as_of.as_of, '%m%d') < strftime(person.date_of_birth, '%m%d'))::integer as age,
    conflict.pairs,
    coalesce(victim.only_victim, false) as only_victim
from features.feud_person as member
cross join known.as_of
join alerts.feud as ranked on ranked.feud_id = member.feud_id
join people.person as person on person.person_id = member.person_id
join conflict on conflict.feud_id = member.feud_id and conflict.person_id = member.person_id
left join victim on victim.feud_id = member.feud_id and victim.person_id = member.person_id
order by ranked."rank", member.feud_id, member.side nulls last, conflict.pairs desc, member.person_id
