-- table: analyst.link_evidence
-- grain: source_a, record_a, source_b, record_b, place
-- reads: people.link, people.link_evidence, people.comparison_level, people.record, people.person_record
-- Why two records were joined: the links that hold each person together, comparison by comparison, with what each weighs.
with shown as (
    select
        record.record_key,
        found.person_id,
        record.source,
        record.record_id,
        array_to_string(record.forename_all, ' ') as forename,
        record.surname_clean as surname,
        array_to_string(record.middle, ' ') as middle_name,
        record.born,
        record.post as address,
        record.district,
        record.sex,
        record.nominal_ref,
        record.street_name
    from people.record as record
    join people.person_record as found on found.source = record.source and found.record_id = record.record_id and not found.is_protected
),

compared as (
    select record_a, record_b, sum(weight) as match_weight from people.link_evidence group by record_a, record_b
),

part as (
    select
        evidence.record_a as key_a, evidence.record_b as key_b, evidence.place, 'records compared' as part, said.comparison, said.says, evidence.weight
    from people.link_evidence as evidence
    join people.comparison_level as said on said.place = evidence.place and said.level = evidence.level
    union all
    select record_a, record_b, 20, 'group', 'company', 'whom they are named with, where, and how old those are', company
    from people.link where how = 'singled out among all who fit'
    union all
    select
        record_a, record_b, 21, 'group', 'others who fit', 'further records of the person, and all others whom the record could be about',
        log2(match_probability / greatest(1 - match_probability, 1e-12)) - compared.match_weight - company
    from people.link join compared using (record_a, record_b) where how = 'singled out among all who fit'
    union all
    select record_a, record_b, 30, 'judgement', 'judgement', 'a person judged that they are one person', null
    from people.link where how = 'judged by a person'
)

select
    a.person_id,
    a.source as source_a,
    a.record_id as record_a,
    b.source as source_b,
    b.record_id as record_b,
    part.place::tinyint as place,
    part.part,
    part.comparison,
    part.says,
    case part.comparison
        when 'forename' then a.forename
        when 'surname' then a.surname
        when 'middle_name' then a.middle_name
        when 'born' then a.born
        when 'address' then a.address
        when 'district' then a.district
        when 'sex' then a.sex
        when 'nominal_ref' then a.nominal_ref
        when 'street_name' then a.street_name
    end as value_a,
    case part.comparison
        when 'forename' then b.forename
        when 'surname' then b.surname
        when 'middle_name' then b.middle_name
        when 'born' then b.born
        when 'address' then b.address
        when 'district' then b.district
        when 'sex' then b.sex
        when 'nominal_ref' then b.nominal_ref
        when 'street_name' then b.street_name
    end as value_b,
    round(part.weight, 6) as weight,
    round(compared.match_weight, 6) as match_weight,
    link.how
from part
join people.link as link on link.record_a = part.key_a and link.record_b = part.key_b
join compared on compared.record_a = part.key_a and compared.record_b = part.key_b
join shown as a on a.record_key = part.key_a
join shown as b on b.record_key = part.key_b
