-- table: analyst.link_evidence
-- grain: source_a, record_a, source_b, record_b, place
-- reads: people.link, people.link_evidence, people.comparison_level, people.record, people.person_record
-- Why two records were joined: the links that hold each person together, comparison by comparison, with what each weighs.
with link as (
    select
        link.record_a as key_a,
        link.record_b as key_b,
        link.how,
        link.match_probability,
        link.company,
        of_a.person_id,
        of_a.source as source_a,
        of_a.record_id as record_a,
        of_b.source as source_b,
        of_b.record_id as record_b,
        a,
        b
    from people.link as link
    join people.record as a on a.record_key = link.record_a
    join people.record as b on b.record_key = link.record_b
    join people.person_record as of_a on of_a.source = a.source and of_a.record_id = a.record_id and not of_a.is_protected
    join people.person_record as of_b on of_b.source = b.source and of_b.record_id = b.record_id and not of_b.is_protected
),

compared as (
    select record_a as key_a, record_b as key_b, sum(weight) as match_weight from people.link_evidence group by record_a, record_b
),

part as (
    select evidence.record_a as key_a, evidence.record_b as key_b, evidence.place, 'records compared' as part, said.comparison, said.says, evidence.weight
    from people.link_evidence as evidence
    join people.comparison_level as said on said.place = evidence.place and said.level = evidence.level
    union all
    select key_a, key_b, 20, 'group', 'company', 'whom they are named with, where, and how old those are', company
    from link where how = 'singled out among all who fit'
    union all
    select
        link.key_a, link.key_b, 21, 'group', 'others who fit', 'further records of the person, and all others whom the record could be about',
        log2(link.match_probability / greatest(1 - link.match_probability, 1e-12)) - compared.match_weight - link.company
    from link join compared using (key_a, key_b) where link.how = 'singled out among all who fit'
    union all
    select key_a, key_b, 30, 'judgement', 'judgement', 'a person judged that they are one person', null
    from link where how = 'judged by a person'
)

select
    link.person_id,
    link.source_a,
    link.record_a,
    link.source_b,
    link.record_b,
    part.place::tinyint as place,
    part.part,
    part.comparison,
    part.says,
    case part.comparison
        when 'forename' then array_to_string(a.forename_all, ' ')
        when 'surname' then a.surname_clean
        when 'middle_name' then array_to_string(a.middle, ' ')
        when 'born' then a.born
        when 'address' then a.post
        when 'district' then a.district
        when 'sex' then a.sex
        when 'nominal_ref' then a.nominal_ref
        when 'street_name' then a.street_name
    end as value_a,
    case part.comparison
        when 'forename' then array_to_string(b.forename_all, ' ')
        when 'surname' then b.surname_clean
        when 'middle_name' then array_to_string(b.middle, ' ')
        when 'born' then b.born
        when 'address' then b.post
        when 'district' then b.district
        when 'sex' then b.sex
        when 'nominal_ref' then b.nominal_ref
        when 'street_name' then b.street_name
    end as value_b,
    round(part.weight, 6) as weight,
    round(compared.match_weight, 6) as match_weight,
    link.how
from link
join compared using (key_a, key_b)
join part using (key_a, key_b)
order by link.person_id, link.record_a, link.record_b, part.place
