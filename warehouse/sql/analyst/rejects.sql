-- table: analyst.rejects
-- grain: none
-- reads: ops.reject, ops.load, known.intelligence
-- One row per rejected row, as received; one that may belong to a protected report is kept in the warehouse and only its place is shown.
with protected as (
    select distinct report_id from known.intelligence where handling_code = 'C'
),

field as (
    select
        reject.*,
        load.source,
        list_transform(regexp_split_to_array(reject.raw, '[,;|\t"\r\n]+'), lambda part: upper(trim(part))) as fields
    from ops.reject
    join ops.load on load.load_id = reject.load_id
)

select
    file,
    line,
    reason,
    case
        when
            source in ('intelligence', 'intelligence_subjects')
            and (list_contains(fields, 'C') or list_has_any(fields, (select coalesce(list(report_id), []) from protected)))
            then '[protected intelligence: kept in the warehouse, not shown]'
        else raw
    end as raw
from field
order by file, line
