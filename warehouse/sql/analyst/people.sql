-- table: analyst.people
-- grain: person_id
-- reads: people.person, people.person_record, pairs.pair
-- Every person with a record that may be shown, or in contact with someone; records counts those that may be shown. Whoever is known from
-- protected reports alone has no name, birth date, sex or district here.
with shown as (
    select person_id, count(*) as records from people.person_record where not is_protected group by person_id
),

in_contact as (
    select person_a as person_id from pairs.pair union select person_b from pairs.pair
)

select person.person_id, coalesce(person.display_name, 'Name not known') as display_name, person.date_of_birth, person.sex, person.district, coalesce(shown.records, 0)::integer as records
from people.person
left join shown on shown.person_id = person.person_id
left join in_contact on in_contact.person_id = person.person_id
where shown.person_id is not null or in_contact.person_id is not null
order by person.person_id
