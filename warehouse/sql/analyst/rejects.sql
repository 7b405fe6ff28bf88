-- table: analyst.rejects
-- grain: none
-- reads: ops.reject, known.intelligence
-- One row per rejected row, as received. A row of intelligence that is not plainly open, or of a protected report, is kept in the warehouse
-- (ops.reject) and only its place and reason are shown.
with protected as (
    select distinct report_id from known.intelligence where handling_code = 'C'
)

select
    reject.file,
    reject.line,
    reject.reason,
    case
        when reject.is_protected or protected.report_id is not null then '[may be protected intelligence: kept in the warehouse, not shown]'
        else reject.raw
    end as raw
from ops.reject
left join protected on protected.report_id = reject.record_key
order by reject.file, reject.line
