"""The card as people read it: state, decisions, figures, gate, what was seen since, and where it comes from."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from models.card import FILE, WATCH, card_text, write_card
from models.gate import Verdict
from models.promotions import Action, Entry, decide
from models.registry import save
from tests.models.registered import trained

DAY = date(2026, 5, 31)
ABOUT = {
    "list_size": 50,
    "period": {"first": "2024-06-02", "last": "2026-04-19", "weeks": 99, "pair_weeks": 380_000, "outcomes": 700, "delay_days": 13, "embargo_days": 41},
    "features": ["events_28d", "peace_30d"],
    "code": {"package": "0.1.0", "commit": "abc", "sha256": "def"},
    "data": {"files": [{"load_id": 1, "file": "incidents_2026-05-31.csv", "sha256": "123", "rows": 10}], "rows": 10, "events": 7, "pairs": 3, "sha256": "456"},
    "link_model": "link-1",
    "label": {"horizon_days": 28, "definition_sha256": "789"},
}  # fmt: skip


def registered(models: Path) -> str:
    one = trained("conflict", DAY)
    one.verdicts["challenger"] = Verdict(0.004, 0.001, 0.008, 0.01)
    return save(models, one, ABOUT).name


def test_a_candidate_s_card_says_what_it_rests_on(tmp_path: Path) -> None:
    text = card_text(tmp_path, registered(tmp_path))
    for line in (
        "# Model card: conflict-2026-05-31",
        "It decides nothing, and is no evidence against anyone.",
        "| state | candidate |",
        "None: a candidate.",
        "| decayed_harm_30d_1 | 0.200 | 0.150 | 20 | 40 |",
        "| challenger | +0.0040 | +0.0010 to +0.0080 | +0.0100 |",
        "| 10 | 50.0000% |",
        "| embargo | 41 days: the label's, and 13 within which nine of ten serious events came to be known |",
        "| features | 2: events_28d, peace_30d |",
        "No night has scored with it yet.",
        "| code | forewarn 0.1.0, commit abc, sha256 def |",
        "| data | 1 files, 10 rows, 7 events of 3 pairs, sha256 456 |",
        "| linkage | link-1 |",
        "| label | 28 days, definition sha256 789 |",
        "| 1 | incidents_2026-05-31.csv | 10 | 123 |",
    ):
        assert line in text, line


def test_decisions_and_what_was_seen_since_stand_on_it(tmp_path: Path) -> None:
    name = registered(tmp_path)
    for action, by, why in ((Action.by_rule, "the gate", "it won"), (Action.promoted, "A. Analyst", "read | checked")):
        decide(tmp_path, Entry(datetime(2026, 6, 1, 9), "conflict", action, name, None, by, why))
    nights: dict[str, dict[str, object]] = {
        f"2026-06-{day:02}": {"said": ["conflict lane, drift: 3 inputs"] if day > 6 else [], "expired": None, "states": {}}
        for day in range(1, 9)
    }
    (tmp_path / name / WATCH).write_text(json.dumps(nights), encoding="utf-8")
    text = write_card(tmp_path, name).read_text(encoding="utf-8")
    assert (tmp_path / name / FILE).exists()
    assert "| state | in use |" in text
    assert "| 2026-06-01 09:00 | by rule | conflict-2026-05-31 |  | the gate | it won |" in text
    assert "| promoted | conflict-2026-05-31 |  | A. Analyst | read \\| checked |" in text
    assert "8 nights. Drift was first reported on 2026-06-07, on 2 nights in all." in text
    assert "- 2026-06-04: nothing to report\n" in text
    assert "2026-06-03" not in text
