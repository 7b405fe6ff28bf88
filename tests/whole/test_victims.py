"""Whoever is known only as a victim is listed as that through a whole county: found here from the timeline in other words than the published table's."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

from alerts.weekly_list import write_weekly_list
from tests.whole.conftest import County, analyst

HARMED = {"VICTIM", "SAID TO BE TARGET"}
NEUTRAL = {("dispute", "NAMED"), ("fear", "NAMED")}
TIMELINE = "select pair_id, kind, role_a, role_b from analyst.pair_timeline where stance = 'adverse' and not is_protected"


def only_harmed(home: Path) -> set[tuple[str, str]]:
    """Pair and side of everyone who in what passed between the two was never anything but harmed."""
    roles: dict[tuple[str, str], set[str]] = {}
    with analyst(home) as con:
        for pair, kind, role_a, role_b in con.execute(TIMELINE).fetchall():
            for side, role in (("a", role_a), ("b", role_b)):
                roles.setdefault((pair, side), set()).update([role] if role and (kind, role) not in NEUTRAL else [])
    return {key for key, had in roles.items() if had and had <= HARMED}


def test_whoever_is_known_only_as_a_victim_is_nowhere_the_one_who_acts(county: County, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(county.last, home, symlinks=True)
    harmed = only_harmed(home)
    issued = write_weekly_list(home, None, datetime(2026, 4, 20, 6, 30))
    pairs = json.loads(issued.record.read_text())["content"]["pairs"]
    found = 0
    for pair in pairs:
        for side in "ab":
            person = pair[f"person_{side}"]
            assert person["only_victim"] == ((pair["pair_id"], side) in harmed), pair["pair_id"]
            if person["only_victim"]:
                found += 1
                assert not [event for event in pair["events"] if event["sides"][:1] == [side]]
                assert "suspect" not in f"{person['roles_recorded']} {person['roles_reported']}".lower()
                assert not [event for event in pair["events"] if "SUSPECT" in (event[f"role_{side}"] or "").upper()]
    assert found > 3
