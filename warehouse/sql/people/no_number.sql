-- table: people.model_no_number
-- grain: number
-- reads: linkage.name, linkage.written
-- Person numbers that stand for nobody: one that stands for both sides of incidents, or for people of all names or births, was filled in because
-- something had to be.
with told as (
    select
        nullif(upper(regexp_replace(written.nominal_ref, '\s', '', 'g')), '') as number,
        written.source, written.context_id, family.tokens[-1] as family, given.tokens[1] as given, written.date_of_birth as born_on
    from linkage.written
    left join linkage.name as family on family.written = written.surname
    left join linkage.name as given on given.written = written.forenames
),
in_context as (
    select number, context_id, count(*) as people
    from told where number is not null and source = 'incident_party'
    group by number, context_id
),
held as (
    select
        number,
        count(family) as families, list_max(map_values(histogram(family))) as of_one_family,
        count(given) as givens, list_max(map_values(histogram(given))) as of_one_given,
        count(born_on) as births, list_max(map_values(histogram(born_on))) as of_one_birth
    from told where number is not null
    group by number having count(*) >= 10
)
select number from in_context group by number having count(*) filter (people > 1) >= 3 and 5 * count(*) filter (people > 1) >= count(*)
union
select number from held where families >= 10 and givens >= 10 and 2 * of_one_family < families and 2 * of_one_given < givens
union
select number from held where births >= 10 and 2 * of_one_birth < births
