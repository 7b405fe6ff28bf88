-- table: analyst.person_changes
-- grain: as_of, change, person_id, other_person_id
-- reads: people.person_change
-- When the evidence made two people one, or one two.
select * from people.person_change
order by as_of, person_id
