"""How two records' values are compared: for each comparison its levels, from the strongest agreement down, with a prior for each.

`m` is how often records of one person fall into the level, `u` how often records of two people do. The priors are judgements from
police and school data in general; training replaces them by what the data say, where there are enough of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Level:
    """One outcome of a comparison; `term` names the column whose commonness weighs in (a rare surname says more)."""

    meaning: str
    sql: str
    m: float
    u: float
    term: str | None = None


@dataclass(frozen=True)
class Comparison:
    """A comparison's name, when it says nothing (`silent`), and its levels; whatever fits none is `different`."""

    name: str
    silent: str
    levels: tuple[Level, ...]
    different: tuple[float, float]


SWAPPED = "(forename_l <> forename_r and forename_l = surname_clean_r and surname_clean_l = forename_r)"
# What is cheap to ask stands first: one slip at most is at most two of those that `levenshtein` counts, which costs a sixth of the other.
NEAR_SPELLING = (
    "(jaro_winkler_similarity({0}_l, {0}_r) >= 0.9 or (abs(len({0}_l) - len({0}_r)) <= 1 and levenshtein({0}_l, {0}_r) <= 2 and "
    "damerau_levenshtein({0}_l, {0}_r) <= 1 and "
    "(least(len({0}_l), len({0}_r)) >= 4 or ({0}_l[1] = {0}_r[1] and least(len({0}_l), len({0}_r)) >= 2))))"
)

# The engine may ask the second of two conditions first, and hamming raises for texts of two lengths, in bytes: hence by cases.
SLIP_OF_NUMBER = "case when strlen(nominal_ref_l) = strlen(nominal_ref_r) then hamming(nominal_ref_l, nominal_ref_r) = 1 else false end"
SLIP_OF_POSTCODE = "case when len(post_l) <> len(post_r) then false when hamming(post_l, post_r) > 2 then false else damerau_levenshtein(post_l, post_r) = 1 end"

COMPARISONS = (
    Comparison("forename", "forename_l is null or forename_r is null", (
        Level("same forename", "forename_l = forename_r", 0.70, 0.006, "full_name"),
        Level("forename and surname changed places", SWAPPED, 0.005, 0.000003),
        Level("forms of one forename", "list_has_any(forename_roots_l, forename_roots_r)", 0.06, 0.003),
        Level("forenames spelled nearly alike", f"(forename_sound_l = forename_sound_r or {NEAR_SPELLING.format('forename')})", 0.10, 0.006),
        Level("one's forename is a middle name of the other", "list_has_any(forename_all_l, forename_all_r)", 0.03, 0.004),
        Level("initial agrees", "(len(forename_l) = 1 or len(forename_r) = 1) and forename_l[1] = forename_r[1]", 0.03, 0.002),
        Level("forenames begin alike", "forename_l[:2] = forename_r[:2]", 0.03, 0.03),
    ), (0.045, 0.95)),
    Comparison("surname", f"surname_clean_l is null or surname_clean_r is null or {SWAPPED}", (
        Level("same surname", "surname_clean_l = surname_clean_r", 0.85, 0.003, "surname_clean"),
        Level("part of the surname, or an earlier one, agrees", "list_has_any(surname_parts_l, surname_parts_r)", 0.03, 0.001),
        Level("surnames spelled nearly alike", f"(surname_sound_l = surname_sound_r or {NEAR_SPELLING.format('surname_clean')})", 0.09, 0.003),
    ), (0.03, 0.993)),
    Comparison("middle_name", "len(middle_l) = 0 or len(middle_r) = 0 or middle_l is null or middle_r is null", (
        Level("same middle name", "list_has_any(middle_l, middle_r)", 0.60, 0.02),
        Level("middle initial agrees", "middle_l[1][1] = middle_r[1][1]", 0.33, 0.08),
    ), (0.07, 0.90)),
    Comparison("born", "born_l is null or born_r is null", (
        Level("same date of birth", "born_l = born_r and not is_born_vague_l", 0.90, 0.00006),
        Level("same year of birth, one date is 1 January", "(is_born_vague_l or is_born_vague_r) and born_year_l = born_year_r", 0.03, 0.0003),
        Level("day and month changed places", "born_year_l = born_year_r and born_l[6:7] = born_r[9:10] and born_l[9:10] = born_r[6:7]", 0.015, 0.00003),
        Level("one digit of the date of birth differs", "hamming(born_l, born_r) = 1", 0.04, 0.0009),
        Level("neighbouring digits of the date of birth changed places", "hamming(born_l, born_r) = 2 and damerau_levenshtein(born_l, born_r) = 1", 0.004, 0.0003),
        Level("two digits of the date of birth differ", "hamming(born_l, born_r) = 2", 0.006, 0.009),
        Level("same year of birth", "born_year_l = born_year_r", 0.004, 0.02),
        Level("years of birth within two", "abs(born_year_l - born_year_r) <= 2", 0.002, 0.08),
    ), (0.003, 0.89)),
    Comparison("address", "post_l is null or post_r is null", (
        Level("same postcode", "post_l = post_r", 0.70, 0.001),
        Level("a slip of the pen in the postcode", SLIP_OF_POSTCODE, 0.03, 0.002),
        Level("same postcode sector", "sector_l = sector_r", 0.05, 0.015),
        Level("same postcode district", "outward_l = outward_r", 0.08, 0.07),
    ), (0.17, 0.914)),
    Comparison("district", "(post_l is not null and post_r is not null) or district_l is null or district_r is null", (
        Level("same district", "district_l = district_r", 0.75, 0.22),
    ), (0.25, 0.78)),
    Comparison("street", "street_l is null or street_r is null", (
        Level("same house and street", f"house_number_l = house_number_r and {NEAR_SPELLING.format('street')}", 0.70, 0.0002),
        Level("same street", f"{NEAR_SPELLING.format('street')}", 0.10, 0.003),
        Level("same house number", "house_number_l = house_number_r", 0.05, 0.02),
    ), (0.15, 0.977)),
    Comparison("town", "town_l is null or town_r is null", (
        Level("same town", "town_l = town_r", 0.80, 0.05, "town"),
        Level("towns spelled nearly alike", "jaro_winkler_similarity(town_l, town_r) >= 0.9", 0.05, 0.01),
    ), (0.15, 0.94)),
    Comparison("birth_place", "birth_place_l is null or birth_place_r is null", (
        Level("same place of birth", "birth_place_l = birth_place_r", 0.80, 0.02, "birth_place"),
        Level("places of birth spelled nearly alike", "jaro_winkler_similarity(birth_place_l, birth_place_r) >= 0.9", 0.03, 0.005),
    ), (0.17, 0.975)),
    Comparison("occupation", "occupation_l is null or occupation_r is null", (
        Level("same occupation", "occupation_l = occupation_r", 0.60, 0.03, "occupation"),
    ), (0.40, 0.97)),
    Comparison("sex", "sex_l is null or sex_r is null", (
        Level("same sex", "sex_l = sex_r", 0.99, 0.52),
    ), (0.01, 0.48)),
    Comparison("nominal_ref", "nominal_ref_l is null or nominal_ref_r is null", (
        Level("same person number", "nominal_ref_l = nominal_ref_r", 0.60, 0.00002),
        Level("one digit of the person number differs", SLIP_OF_NUMBER, 0.01, 0.0002),
    ), (0.39, 0.99978)),
    Comparison("street_name", "street_name_l is null or street_name_r is null", (
        Level("same street name", "street_name_l = street_name_r", 0.80, 0.004, "street_name"),
        Level("street names spelled nearly alike", "jaro_winkler_similarity(street_name_l, street_name_r) >= 0.9", 0.08, 0.004),
    ), (0.12, 0.992)),
    Comparison("upn", "upn_l is null or upn_r is null", (
        Level("same pupil number", "upn_l = upn_r", 0.98, 0.0001),
    ), (0.02, 0.9999)),
)  # fmt: skip


# What of a record is looked at: by the comparisons, and by what is learned of certain pairs.
COMPARED = (
    "record_key", "forename", "full_name", "forename_roots", "forename_sound", "forename_all", "middle", "surname_clean", "surname_parts",
    "surname_sound", "born", "born_year", "is_born_vague", "post", "sector", "outward", "district", "house_number", "street", "town", "birth_place",
    "occupation", "sex", "nominal_ref", "street_name", "upn",
)  # fmt: skip


def as_splink(comparison: Comparison) -> dict[str, Any]:
    """The comparison as Splink's settings write it."""
    levels: list[dict[str, Any]] = [{"sql_condition": comparison.silent, "label_for_charts": "not known", "is_null_level": True}]
    for level in comparison.levels:
        term = (
            {"tf_adjustment_column": level.term, "tf_adjustment_weight": 1.0, "disable_tf_exact_match_detection": True}
            if level.term
            else {}
        )
        levels.append(
            {"sql_condition": level.sql, "label_for_charts": level.meaning, "m_probability": level.m, "u_probability": level.u, **term}
        )
    m, u = comparison.different
    levels.append({"sql_condition": "ELSE", "label_for_charts": "different", "m_probability": m, "u_probability": u})
    return {"output_column_name": comparison.name, "comparison_levels": levels}
