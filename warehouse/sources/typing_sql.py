"""How a text becomes a value, in SQL made from the contracts: the same macros judge a row at the door and type it in core."""

from __future__ import annotations

from functools import cache

import duckdb

from warehouse.contracts import EARLIEST_YEAR, ETHNICITIES, EXTRACTS, LATEST_YEAR, UNKNOWN_WORDS, CodeList, Column, Extract

_MOMENT_FORMATS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%Y-%m-%d",
    "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%f",
)  # fmt: skip

_SPACES = " \t\r\n\u00a0"

_EXPECTED = {
    "date": "not a date (YYYY-MM-DD or dd/mm/yyyy)",
    "moment": "not a date and time (YYYY-MM-DD HH:MM:SS or dd/mm/yyyy HH:MM:SS)",
    "int": "not a whole number",
    "flag": "not Y or N",
}


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)


def _in_years(moment: str) -> str:
    return f"case when year({moment}) between {EARLIEST_YEAR} and {LATEST_YEAR} then {moment} end"


def define_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Defines as_text, as_moment, as_date, as_int, as_flag, as_code, as_padded_code and as_ethnicity for this connection."""
    trimmed = f"trim(written, '{_SPACES}')"
    macros = {
        "as_text(written)": f"case when upper({trimmed}) in ('', {_quoted(UNKNOWN_WORDS)}) then null else {trimmed} end",
        "as_local(written)": f"try_strptime(as_text(written), [{_quoted(_MOMENT_FORMATS)}])",
        "as_moment(written)": _in_years("as_local(written)"),
        "as_date(written)": "cast(as_moment(written) as date)",
        "as_int(written)": r"try_cast(regexp_extract(as_text(written), '^([0-9]+)(\.0+)?$', 1) as integer)",
        "as_flag(written)": "case upper(as_text(written)) when 'Y' then true when 'YES' then true when 'TRUE' then true "
        "when 'N' then false when 'NO' then false when 'FALSE' then false end",
        # a workbook or a data frame turns the code 1 into 1.0
        "as_code(written)": r"regexp_replace(upper(as_text(written)), '^([0-9]+)\.0$', '\1')",
        "as_padded_code(written)": "ltrim(replace(as_code(written), ' ', ''), '0')",
        "as_ethnicity(written)": f"case when as_code(written) in ({_quoted(ETHNICITIES.codes())}) then as_code(written) end",
    }
    for name, body in macros.items():
        con.execute(f"create or replace temp macro {name} as {body}")


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
    """SQL over `incoming` that gives each row's line, why it is rejected ('' if it is not) and how many optional values are unreadable."""
    reasons = ", ".join(filter(None, map(_rejection, extract.columns)))
    unreadable = " + ".join(filter(None, map(_unreadable, extract.columns))) or "0"
    return f"select line, concat_ws('; ', {reasons}) as reason, {unreadable} as unreadable from incoming"


def _rejection(column: Column) -> str | None:
    cases = []
    if column.required:
        cases.append(f"when as_text({column.name}) is null then '{column.name}: required value missing'")
    if column.codes is not None and not column.never_rejects:
        cases.append(f"when {typed(column)} not in ({_quoted(column.codes.codes())}) then '{column.name}: {_not_listed(column.codes)}'")
    elif column.required and column.kind in _EXPECTED:
        cases.append(f"when {typed(column)} is null then '{column.name}: {_EXPECTED[column.kind]}'")
    return f"case {' '.join(cases)} end" if cases else None


def _not_listed(codes: CodeList) -> str:
    where = f"warehouse/codes/{codes.file}" if codes.file else ", ".join(codes.listed)
    return f"not in the list of {codes.title} ({where})"


def _unreadable(column: Column) -> str | None:
    if column.required or (column.kind not in _EXPECTED and not column.never_rejects):
        return None
    return f"cast(as_text({column.name}) is not null and {typed(column)} is null as integer)"
