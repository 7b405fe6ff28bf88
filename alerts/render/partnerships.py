"""Which community safety partnership answers for which district, from `config/partnerships.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


class PartnershipsUnreadableError(Exception):
    """The partnerships file cannot be used; the message says what to mend in it."""


@dataclass(frozen=True)
class District:
    """A district by its ONS code, and the partnership that answers for it."""

    code: str
    name: str
    partnership: str


def read_partnerships(path: Path) -> dict[str, District]:
    """Districts by code. Raises PartnershipsUnreadableError for a missing or malformed file, or a district listed twice."""
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8")).get("partnership", [])
        found = [
            District(district["code"], district["name"], partnership["name"])
            for partnership in listed
            for district in partnership["districts"]
        ]
    except OSError as error:
        raise PartnershipsUnreadableError(f"{path}: cannot be read ({error.strerror}); give the path of a partnerships file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PartnershipsUnreadableError(f"{path}: not valid TOML ({error}); mend that line") from error
    except (KeyError, TypeError, AttributeError) as error:
        wanted = "each [[partnership]] needs a name and districts = [{ code = ..., name = ... }]"
        raise PartnershipsUnreadableError(f"{path}: {wanted} (missing or wrong: {error})") from error
    by_code: dict[str, District] = {}
    for district in found:
        if district.code in by_code:
            raise PartnershipsUnreadableError(f"{path}: district {district.code} is listed twice; keep it under one partnership")
        by_code[district.code] = district
    return by_code


def district_of(code: str | None, districts: dict[str, District]) -> District:
    """The district for a code; an unknown code stands under itself, no code under 'District not known'."""
    if code is None:
        return District("", "District not known", "District not known")
    return districts.get(code, District(code, code, code))
