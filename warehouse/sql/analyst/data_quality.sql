-- table: analyst.data_quality
-- grain: source, what
-- reads: people.record, people.person_record, known.incident, known.incident_party, known.intelligence, known.intelligence_subject, known.exclusion, known.as_of, ops.load
-- What each source lacks or gets wrong: of how many records (people, person numbers, rows) it can be said, and of how many it is so.
with bearer as materialized (
    select record.source, record.nominal_ref, found.person_id
    from people.record
    join people.person_record as found on found.source = record.source and found.record_id = record.record_id
    where record.counts and record.nominal_ref is not null
),

shared_number as (
    select nominal_ref, count(distinct person_id) as people from bearer group by nominal_ref having count(distinct person_id) > 1
),

numbers_of_person as (
    select person_id, count(distinct nominal_ref) as numbers from bearer group by person_id
),

named as (
    select
        source,
        surname is null as surname_missing,
        forenames is null as forename_missing,
        len(forename) = 1 as only_initial,
        surname is null and forenames is null and alias is not null as only_street_name,
        surname is null and forenames is null and alias is null as no_name,
        transposed as changed_places,
        date_of_birth is null as birth_missing,
        is_born_vague as birth_vague,
        date_of_birth is not null and born is null as birth_impossible,
        sex is null as sex_missing,
        postcode is null as postcode_missing,
        postcode is not null and not coalesce(regexp_full_match(post, '[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}'), false) as postcode_wrong,
        case when source <> 'exclusion' then nominal_ref is null end as number_missing,
        case when source <> 'exclusion' then nominal_ref in (select nominal_ref from shared_number) end as number_shared
    from people.record
    where counts
),

-- counted before they are told apart: a row a record and fault would be many times the records
faults as (
    select
        source,
        unnest([
            {'what': 'surname missing', 'records': count(*) filter (surname_missing), 'of_records': count(surname_missing)},
            {'what': 'forename missing', 'records': count(*) filter (forename_missing), 'of_records': count(forename_missing)},
            {'what': 'name only an initial', 'records': count(*) filter (only_initial), 'of_records': count(only_initial)},
            {'what': 'no name but a street name', 'records': count(*) filter (only_street_name), 'of_records': count(only_street_name)},
            {'what': 'no name at all', 'records': count(*) filter (no_name), 'of_records': count(no_name)},
            {'what': 'surname and forename changed places', 'records': count(*) filter (changed_places), 'of_records': count(changed_places)},
            {'what': 'date of birth missing', 'records': count(*) filter (birth_missing), 'of_records': count(birth_missing)},
            {'what': 'date of birth is 1 January, which often stands for a year alone', 'records': count(*) filter (birth_vague), 'of_records': count(birth_vague)},
            {'what': 'date of birth impossible', 'records': count(*) filter (birth_impossible), 'of_records': count(birth_impossible)},
            {'what': 'sex missing or unknown', 'records': count(*) filter (sex_missing), 'of_records': count(sex_missing)},
            {'what': 'postcode missing', 'records': count(*) filter (postcode_missing), 'of_records': count(postcode_missing)},
            {'what': 'postcode not a postcode', 'records': count(*) filter (postcode_wrong), 'of_records': count(postcode_wrong)},
            {'what': 'person number missing', 'records': count(*) filter (number_missing), 'of_records': count(number_missing)},
            {'what': 'person number also borne by another person', 'records': count(*) filter (number_shared), 'of_records': count(number_shared)}
        ], recursive := true)
    from named
    group by source
),

alike as (
    select source, count(*) over (partition by source, context_id, surname_clean, forename, born) > 1 as is_so
    from people.record
    where counts and context_id is not null and surname_clean is not null and forename is not null
),

said as (
    select source, 'named twice alike in one incident or report' as what, 'records' as counted, is_so from alike
    union all
    select 'exclusion', 'excluded from two schools on one day', 'records', count(*) over (partition by upn, start_date) > 1
    from known.exclusion where counts
    union all
    select 'incident_party', 'incident not known', 'records', incident_id not in (select incident_id from known.incident where is_current)
    from known.incident_party where counts
    union all
    select 'intelligence_subject', 'report not known', 'records', report_id not in (select report_id from known.intelligence where is_current)
    from known.intelligence_subject where counts
    union all
    select 'incident', 'nobody recorded', 'records', incident_id not in (select incident_id from known.incident_party where counts)
    from known.incident where counts
    union all
    select 'intelligence', 'no subject listed', 'records', report_id not in (select report_id from known.intelligence_subject where counts)
    from known.intelligence where counts
    union all
    select
        'incident', 'recorded twice: same offence, time and postcode', 'records', count(*) over (partition by offence_code, occurred_from, postcode) > 1
    from known.incident where counts and postcode is not null
    union all
    select 'incident', 'postcode missing', 'records', postcode is null from known.incident where counts
    union all
    select 'incident', 'summary missing', 'records', summary is null from known.incident where counts
    union all
    select 'incident', 'recorded before it happened', 'records', recorded_at < occurred_from from known.incident where counts
    union all
    select 'intelligence', 'date of event missing', 'records', event_date is null from known.intelligence where counts
    union all
    select 'intelligence', 'origin missing', 'records', origin is null from known.intelligence where counts
    union all
    select 'people', 'person with more than one person number', 'people', numbers > 1 from numbers_of_person
    union all
    select 'people', 'person number borne by two people or more', 'person numbers', nominal_ref in (select nominal_ref from shared_number)
    from (select distinct nominal_ref from bearer)
),

load as (
    select
        case source when 'incident_parties' then 'incident_party' else rtrim(source, 's') end as source,
        rows_read, rows_rejected, values_unreadable
    from ops.load where status = 'loaded' and extract_date <= (select as_of from known.as_of)
)

select source, what, counted, count(*) filter (where is_so) as records, count(*) as of_records, round(avg(is_so::integer), 6) as share
from said
group by source, what, counted
union all
select source, what, 'records', records, of_records, round(records / of_records, 6)
from faults where of_records > 0
union all
select source, 'row rejected', 'rows', sum(rows_rejected)::bigint, sum(rows_read)::bigint, round(sum(rows_rejected) / nullif(sum(rows_read), 0), 6)
from load group by source
union all
select
    source, 'optional value that could not be read', 'rows', sum(values_unreadable)::bigint, sum(rows_read)::bigint,
    round(sum(values_unreadable) / nullif(sum(rows_read), 0), 6)
from load group by source
order by source, share desc, what
