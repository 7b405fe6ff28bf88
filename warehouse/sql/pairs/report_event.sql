-- table: pairs.report_event
-- grain: person_a, person_b, record_id, kind, direction, known_from
-- reads: pairs.claim, people.person_record, known.intelligence, codes.event_kind, codes.intelligence_grade, codes.offence
-- What an intelligence report says of two people, weighed by its 3x5x2 grade; a report suspected to be false (E) is no evidence.
with claim as (
    select
        claim.report_id,
        least(one.person_id, two.person_id) as person_a,
        greatest(one.person_id, two.person_id) as person_b,
        claim.kind,
        case
            when claim.direction = 'mutual' then 'mutual'
            when (claim.direction = 'first_to_second') = (one.person_id < two.person_id) then 'a_to_b'
            else 'b_to_a'
        end as direction
    from pairs.claim
    join people.person_record as one on one.source = claim.first_source and one.record_id = claim.first_record_id
    join people.person_record as two on two.source = claim.second_source and two.record_id = claim.second_record_id
    where one.person_id != two.person_id
)

select
    claim.person_a,
    claim.person_b,
    claim.report_id as record_id,
    claim.kind,
    claim.direction,
    report.known_from,
    any_value(report.counts_to) as known_to,
    any_value(coalesce(report.event_date::timestamp, report.known_from)) as occurred_at,
    any_value(case claim.direction when 'a_to_b' then 'SAID TO ACT' when 'b_to_a' then 'SAID TO BE TARGET' else 'NAMED' end) as role_a,
    any_value(case claim.direction when 'b_to_a' then 'SAID TO ACT' when 'a_to_b' then 'SAID TO BE TARGET' else 'NAMED' end) as role_b,
    any_value(coalesce(offence.ons_css_weight_2021, 0)) as severity,
    any_value(event_kind.stance) as stance,
    any_value(event_kind.evidence::double * source.evidence::double * assessment.evidence::double) as evidence,
    any_value(report.source_evaluation || report.intelligence_assessment) as grade,
    bool_or(report.handling_code = 'C') as is_protected,
    any_value(report."text") as summary
from claim
join known.intelligence as report on report.record_id = claim.report_id and report.is_current
join codes.event_kind on event_kind.kind = claim.kind
left join codes.offence on offence.code = event_kind.severity_as_code
join codes.intelligence_grade as source on source.part = 'source' and source.code = report.source_evaluation::varchar
join codes.intelligence_grade as assessment on assessment.part = 'assessment' and assessment.code = report.intelligence_assessment
where assessment.evidence::double > 0 and (report.counts_to is null or report.counts_to > report.known_from)
group by claim.person_a, claim.person_b, claim.report_id, claim.kind, claim.direction, report.known_from
