-- table: analyst.deliveries
-- grain: source
-- reads: ops.delivery, known.as_of
-- One row per extract that is expected: how it stood on the day by whose end everything here was known.
select source, as_of, states, said, last_extract_on, days_since, every_days, rows_read, usual_rows, newest_record_on, stops_list
from ops.delivery
cross join known.as_of
order by source
