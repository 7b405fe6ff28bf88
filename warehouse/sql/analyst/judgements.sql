-- table: analyst.judgements
-- grain: judgement_id
-- reads: known.judgement, known.intelligence, people.judgement_state
-- The ledger of judgements: who said of which records that they are one person, two, or that it cannot be told. Rows are only ever added.
with protected as (
    select distinct report_id from known.intelligence where handling_code = 'C'
),

shown as (
    select
        one.*,
        regexp_replace(record_a, '/[^/]*$', '') in (from protected) and source_a like 'intelligence%' as is_a_protected,
        regexp_replace(record_b, '/[^/]*$', '') in (from protected) and source_b like 'intelligence%' as is_b_protected
    from known.judgement as one
)

select
    shown.judgement_id,
    shown.judgement,
    shown.source_a,
    case when is_a_protected then null else shown.record_a end as record_a,
    shown.source_b,
    case when is_b_protected then null else shown.record_b end as record_b,
    state.person_a as person_of_a,
    state.person_b as person_of_b,
    shown.judged_by,
    shown.judged_at,
    shown.why,
    shown.made_by,
    case
        when shown.withdraws is not null then 'withdraws ' || shown.withdraws
        when withdrawal.judgement_id is not null then 'withdrawn by ' || withdrawal.judgement_id
        else state.state
    end as state
from shown
left join people.judgement_state as state on state.judgement_id = shown.judgement_id
left join known.judgement as withdrawal on withdrawal.withdraws = shown.judgement_id
order by shown.judgement_id
