-- table: analyst.loads
-- grain: file, sha256
-- reads: ops.load
-- One row per file, refused and postponed ones included.
select file, sha256, extract_date, rows_read, rows_accepted, rows_rejected, values_unreadable, loaded_at, source, status, message
from ops.load
order by loaded_at, file
