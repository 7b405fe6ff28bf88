-- table: pairs.offence
-- grain: code
-- reads: codes.offence, codes.offence_kind, codes.serious_violence
-- An offence code with its severity weight, the kind of event it makes between suspect and victim, and whether it is serious
-- violence always, only with a grave weapon, or never.
select
    offence.code,
    offence.description,
    coalesce(offence.ons_css_weight_2021, 0) as severity,
    coalesce(by_code.kind, by_group.kind, 'other_offence') as kind,
    serious.code is not null and not serious.needs_weapon::boolean as is_always_serious,
    serious.code is not null and serious.needs_weapon::boolean as is_serious_with_weapon,
    offence.code in ('66', '62A') as is_affray
from codes.offence
left join codes.offence_kind as by_code on by_code.code = offence.code
left join codes.offence_kind as by_group on by_group.offence_group = offence."group" and by_group.code is null
left join codes.serious_violence as serious on serious.code = offence.code
