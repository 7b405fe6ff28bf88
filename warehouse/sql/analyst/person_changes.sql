-- table: analyst.person_changes
-- grain:
-- reads: people.person_change
-- When the evidence made two people one, or one two.
select * from people.person_change
order by as_of, person_id
