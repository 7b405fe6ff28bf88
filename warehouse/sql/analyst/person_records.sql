-- table: analyst.person_records
-- grain: source, record_id
-- reads: people.person_record
-- Which records are about which person; records of protected reports are left out.
select person_id, source, record_id, round(match_probability, 6) as match_probability
from people.person_record
where not is_protected
order by person_id, source, record_id
