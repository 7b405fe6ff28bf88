-- table: people.record
-- grain: source, record_id
-- reads: linkage.name, linkage.no_number, linkage.post_district, linkage.token, linkage.word_place, linkage.written
-- One row per record that names a person: as written, and beside it the cleaned values that records are compared by.
with named as (
    select
        written.* exclude (district),
        written.district as district_of_incident,
        family.tokens as family,
        preferred.tokens as preferred,
        given.tokens as given,
        array_to_string(street_name.tokens, ' ') as street_name,
        nullif(array_to_string(list_filter(address.tokens, lambda word: not regexp_matches(word, '[0-9]')), ' '), '') as street,
        nullif(array_to_string(town.tokens, ' '), '') as town_clean,
        nullif(array_to_string(birth_place.tokens, ' '), '') as birth_place_clean,
        nullif(array_to_string(occupation.tokens, ' '), '') as occupation_clean,
        upper(regexp_replace(written.postcode, '[^A-Za-z0-9]', '', 'g')) as post
    from linkage.written
    left join linkage.name as family on family.written = written.surname
    left join linkage.name as preferred on preferred.written = written.preferred_surname
    left join linkage.name as given on given.written = written.forenames
    left join linkage.name as street_name on street_name.written = written.alias
    left join linkage.name as address on address.written = written.address_line
    left join linkage.name as town on town.written = written.town
    left join linkage.name as birth_place on birth_place.written = written.birth_place
    left join linkage.name as occupation on occupation.written = written.occupation
),
ordered as (
    select
        named.*,
        coalesce(
            len(given) > 0 and len(family) = 1
            and coalesce(s_given.surname_odds, 1) / coalesce(s_family.surname_odds, 1) > 30,
            false
        ) as transposed,
        -- a word by itself that is nobody's forename here, or hardly anyone's, is a surname
        coalesce(
            len(given) = 1 and coalesce(len(family), 0) = 0 and coalesce(s_given.surname_odds, 1) > 5, false
        ) as is_surname_only
    from named
    left join linkage.word_place as s_given on s_given.word = named.given[1]
    left join linkage.word_place as s_family on s_family.word = named.family[1]
),
placed as (
    select
        * replace (
            case when transposed then family when is_surname_only then [] else given end as given,
            case when transposed or is_surname_only then given else family end as family
        ),
        case when len(post) between 5 and 7 then post[:-4] end as outward,
        case when len(post) between 5 and 7 then post[:-3] end as sector,
        case
            when date_of_birth between known_from::date - interval 115 year and known_from::date or known_from is null then date_of_birth
        end as born_on,
        nullif(upper(regexp_replace(nominal_ref, '\s', '', 'g')), '') as number
    from ordered
),
cleaned as (
    select
        placed.record_key,
        placed.source,
        placed.record_id,
        placed.context_id,
        placed.role,
        placed.known_from,
        placed.counts,
        placed.surname,
        placed.forenames,
        placed.alias,
        placed.date_of_birth,
        placed.postcode,
        case
            when no_number.number is null and not coalesce(regexp_full_match(placed.number, '[^A-Z0-9]+|N/A|NONE|NIL|TBC'), false) then placed.number
        end as nominal_ref,
        placed.upn,
        placed.school,
        case when placed.sex in ('M', 'F') then placed.sex end as sex,
        coalesce(placed.district_of_incident, of_sector.district, of_outward.district) as district,
        placed.transposed,
        nullif(array_to_string(placed.family, ' '), '') as surname_clean,
        list_sort(list_distinct(list_concat(
            [nullif(array_to_string(placed.family, ' '), ''), nullif(array_to_string(placed.preferred, ' '), '')], placed.family, placed.preferred
        ))) as surname_parts,
        placed.family[-1] as surname_last,
        placed.given[1] as forename,
        placed.given[1] || ' ' || nullif(array_to_string(placed.family, ' '), '') as full_name,
        placed.given as forename_all,
        placed.given[2:] as middle,
        token.roots as forename_roots,
        token.sound as forename_sound,
        family_token.sound as surname_sound,
        nullif(placed.street_name, '') as street_name,
        strftime(placed.born_on, '%Y-%m-%d') as born,
        year(placed.born_on) as born_year,
        coalesce(month(placed.born_on) = 1 and day(placed.born_on) = 1, false) as is_born_vague,
        -- four digits are a postcode of elsewhere
        case when len(placed.post) between 5 and 7 or regexp_full_match(placed.post, '\d{4}') then placed.post end as post,
        placed.sector,
        placed.outward,
        nullif(regexp_extract(placed.address_line, '\d+'), '') as house_number,
        placed.street,
        placed.town_clean as town,
        placed.birth_place_clean as birth_place,
        placed.occupation_clean as occupation
    from placed
    left join linkage.post_district as of_sector on of_sector.area = placed.outward || ' ' || placed.post[-3]
    left join linkage.post_district as of_outward on of_outward.area = placed.outward
    left join linkage.no_number using (number)
    left join linkage.token on token.token = placed.given[1]
    left join linkage.token as family_token on family_token.token = placed.family[-1]
)
select
    *,
    (md5_number_lower(concat_ws(
        '|', context_id, coalesce(surname_clean, '-'), array_to_string(surname_parts, ','), array_to_string(forename_all, ','),
        coalesce(street_name, '-'), coalesce(born, '-'), coalesce(post, '-'), coalesce(district, '-'),
        coalesce(sex, '-'), coalesce(nominal_ref, '-'), coalesce(upn, '-'),
        house_number, street, town, birth_place, occupation
    )) >> 1)::bigint as content_key
from cleaned
order by record_key
