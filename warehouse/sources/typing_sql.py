"""How a text becomes a value, in SQL made from the contracts: the same macros judge a row at the door and type it in core."""

from __future__ import annotations

import re
from functools import cache

import duckdb

from warehouse.contracts import ETHNICITIES, EXTRACTS, INTELLIGENCE, UNKNOWN_WORDS, CodeList, Column, Extract

# Day first becomes year first, so that one reader serves both ways of writing.
_UK_DATE, _ISO_DATE = r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})($| )", r"\3-\2-\1\4"
# A year outside these centuries is a slip of the key (29/06/0022), not a date that anyone meant.
_DATE = r"^(19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}"
_CLOCK = r"[T ]([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
_OFFSET = r"(Z|[+-][0-9]{2}:[0-9]{2})"

_SPACES = " \t\r\n\u00a0"

_EXPECTED = {
    "date": "not a date (YYYY-MM-DD or dd/mm/yyyy)",
    "moment": "not a date and time (YYYY-MM-DD HH:MM:SS or dd/mm/yyyy HH:MM:SS)",
    "int": "not a whole number",
    "flag": "not Y or N",
}

# Days that are in every year: as months then days, or the other way about. Years, and clocks, as above.
_MONTHS_OF = {"(0[1-9]|1[0-9]|2[0-8])": "(0[1-9]|1[0-2])", "(29|30)": "(0[13-9]|1[0-2])", "31": "(0[13578]|1[02])"}
_ISO_DAY = "|".join(f"{months}-{days}" for days, months in _MONTHS_OF.items())
_UK_DAY = "|".join(f"{days}/{months}" for days, months in _MONTHS_OF.items())
_PLAIN_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
_PLAIN_MOMENT = f"(19|20)[0-9]{{2}}-({_ISO_DAY})([T ]{_PLAIN_CLOCK})?|({_UK_DAY})/(19|20)[0-9]{{2}}( {_PLAIN_CLOCK})?"
_WELL = {"date": _PLAIN_MOMENT, "moment": _PLAIN_MOMENT, "int": "[0-9]{1,9}", "flag": "[YN]"}


def _among(value: str, words: tuple[str, ...]) -> str:
    # not `in (...)`: the optimizer makes a join of each list, and a file of a few rows then takes ten times as long
    pattern = "|".join(re.escape(word) for word in words).replace("'", "''")
    return f"regexp_full_match({value}, '{pattern}')"


def define_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Defines as_text, as_moment, as_date, as_int, as_flag, as_code, as_padded_code and as_ethnicity for this connection."""
    for name, body in macros().items():
        con.execute(f"create or replace temp macro {name} as {body}")


@cache
def macros() -> dict[str, str]:
    """Each macro with its parameter, and what it stands for."""
    unknown = "|".join(re.escape(word) for word in UNKNOWN_WORDS).replace("'", "''")
    # trimming by a list of characters takes several times as long as looking for one of them, and few values have any
    text = f"""case when regexp_full_match(written, '(?i)[{_SPACES}]*(|{unknown})[{_SPACES}]*') then null
        when regexp_matches(written, '^[{_SPACES}]|[{_SPACES}]$') then trim(written, '{_SPACES}') else written end"""
    return {
        # the contract's moments are local UK time; one that names its offset is turned into that
        "as_moment_from(iso)": f"case when regexp_matches(iso, '{_DATE}({_CLOCK})?$') then try_cast(iso as timestamp) "
        f"when regexp_matches(iso, '{_DATE}{_CLOCK}{_OFFSET}$') then try_cast(iso as timestamptz) at time zone 'Europe/London' end",
        "as_text(written)": text,
        "as_iso(written)": f"regexp_replace(as_text(written), '{_UK_DATE}', '{_ISO_DATE}')",
        "as_moment(written)": "as_moment_from(as_iso(written))",
        "as_date(written)": "cast(as_moment(written) as date)",
        "as_int(written)": r"try_cast(regexp_extract(as_text(written), '^([0-9]+)(\.0+)?$', 1) as integer)",
        "as_flag(written)": "case upper(as_text(written)) when 'Y' then true when 'YES' then true when 'TRUE' then true "
        "when 'N' then false when 'NO' then false when 'FALSE' then false end",
        # a workbook or a data frame turns the code 1 into 1.0
        "as_code(written)": r"regexp_replace(upper(as_text(written)), '^([0-9]+)\.0$', '\1')",
        "as_padded_code(written)": "ltrim(replace(as_code(written), ' ', ''), '0')",
        "as_ethnicity(written)": f"case when {_among('as_code(written)', ETHNICITIES.codes())} then as_code(written) end",
    }


def typed(column: Column) -> str:
    """The SQL expression of a column's value, NULL where it is missing or unreadable."""
    if column.codes is ETHNICITIES:
        return f"as_ethnicity({column.name})"
    if column.codes is not None and column.codes.is_padded:
        return f"as_padded_code({column.name})"
    return f"as_{column.kind}({column.name})"


def create_landing(con: duckdb.DuckDBPyConnection) -> None:
    """Makes the landing tables that are not there yet: a row as received, all text."""
    for extract in EXTRACTS:
        columns = ", ".join(f"{name} varchar" for name in extract.column_names)
        con.execute(f"create table if not exists landing.{extract.name} (load_id integer, line integer, {columns}, extra json)")


@cache
def verdict_sql(extract: Extract) -> str:
    """SQL over `incoming`: of each row that may not be well, its line, why it is rejected ('' if it is not), how many optional values are unreadable,
    its record_key, and whether it is_protected."""
    read = ", ".join(f"as_text({column.name}) as {column.name}, {typed(column)} as {column.name}_value" for column in extract.columns)
    reasons = ", ".join(filter(None, map(_rejection, extract.columns)))
    unreadable = " + ".join(filter(None, map(_unreadable, extract.columns))) or "0"
    is_protected = "handling_code_value is distinct from 'P'" if extract is INTELLIGENCE else "false"
    doubts = " or ".join(filter(None, map(_doubt, extract.columns)))
    return f"""with read as (select line, {read} from incoming where {doubts})
        select line, concat_ws('; ', {reasons}) as reason, {unreadable} as unreadable, {extract.key[0]} as record_key,
            {is_protected} as is_protected
        from read"""


def _doubt(column: Column) -> str | None:
    """Whether a value is not as nearly all are written: true of every one that is a reason to reject its row, or unreadable."""
    well = _well(column)
    if well is None:
        return None
    is_missing = "" if column.required else f"{column.name} is null or {column.name} = '' or "
    return f"({is_missing}{well}) is not true"


def _well(column: Column) -> str | None:
    name = column.name
    if column.codes is not None:
        return _among(name, column.codes.codes())
    if column.kind in _WELL:
        return f"regexp_full_match({name}, '{_WELL[column.kind]}')"
    # no word for unknown, and not blank; what sorts below ! is empty or begins with a blank
    letters = {case for word in UNKNOWN_WORDS for case in (word[0].upper(), word[0].lower())}
    begins_as_unknown = " or ".join(f"({name} >= '{letter}' and {name} < '{chr(ord(letter) + 1)}')" for letter in sorted(letters))
    return f"({name} >= '!' and not prefix({name}, '\u00a0') and not ({begins_as_unknown}))" if column.required else None


def _rejection(column: Column) -> str | None:
    cases = []
    if column.required:
        cases.append(f"when {column.name} is null then '{column.name}: required value missing'")
    if column.codes is not None and not column.never_rejects:
        cases.append(f"when not {_among(f'{column.name}_value', column.codes.codes())} then '{column.name}: {_not_listed(column.codes)}'")
    elif column.required and column.kind in _EXPECTED:
        cases.append(f"when {column.name}_value is null then '{column.name}: {_EXPECTED[column.kind]}'")
    return f"case {' '.join(cases)} end" if cases else None


def _not_listed(codes: CodeList) -> str:
    where = f"warehouse/codes/{codes.file}" if codes.file else ", ".join(codes.listed)
    return f"not in the list of {codes.title} ({where})"


def _unreadable(column: Column) -> str | None:
    if column.required or (column.kind not in _EXPECTED and not column.never_rejects):
        return None
    return f"cast({column.name} is not null and {column.name}_value is null as integer)"
