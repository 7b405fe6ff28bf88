-- table: analyst.review_dates
-- grain: source, record_id
-- reads: ops.review_date, ops.hold, known.intelligence
-- When each record is due for review and erasure; those of protected reports are left out.
select
    review.source, review.record_id, review.review_on, review.rule,
    exists (
        select 1 from ops.hold
        where hold.lifts is null
            and case hold.source when 'incident_party' then 'incident' when 'intelligence_subject' then 'intelligence' else hold.source end = review.source
            and case when hold.source in ('incident_party', 'intelligence_subject') then regexp_replace(hold.record_id, '/[^/]*$', '') else hold.record_id end
            = review.record_id
            and hold.hold_id not in (select lifts from ops.hold where lifts is not null)
    ) as is_held
from ops.review_date as review
where review.source <> 'intelligence'
    or review.record_id not in (select report_id from known.intelligence where handling_code = 'C')
order by review.source, review.record_id
