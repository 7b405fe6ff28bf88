"""No list from a model whose validation has expired, and what to do about it; a list of the day before it ends is issued."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from alerts.validation import ValidationExpiredError
from alerts.weekly_list import write_weekly_list
from tests.alerts.conftest import AS_OF, County

NOW = datetime(2026, 5, 4, 6, 30)
MODELS = """create table analyst.models as select lane, lane || '-2026-03-31' as model_id, $until::date as valid_until, expired_because
    from (values ('conflict', null), ('domestic', $because::varchar)) as model (lane, expired_because)"""


def home_with(tmp_path: Path, until: date, because: str | None) -> Path:
    """A published database whose two models are valid until a day, the domestic one expired for a reason if any."""
    home = County().publish(tmp_path / "home")
    with duckdb.connect(str((home / "forewarn.duckdb").resolve())) as con:
        con.execute(MODELS, {"until": until, "because": because})
    return home


@pytest.mark.parametrize(
    ("until", "because", "asked", "said"),
    [
        (AS_OF, None, AS_OF, None),
        (AS_OF + timedelta(days=30), None, None, None),
        (
            AS_OF - timedelta(days=1),
            None,
            AS_OF,
            "in lane conflict, .* model in use \\(conflict-2026-03-31\\) has expired: its validation ended on 2026-05-02",
        ),
        (AS_OF, None, AS_OF + timedelta(days=1), "its validation ended on 2026-05-03"),
        (AS_OF - timedelta(days=1), None, None, "its validation ended on 2026-05-02"),
        (AS_OF, "it was worse than chance", AS_OF, "in lane domestic, .* has expired: it was worse than chance. Run `forewarn train`"),
    ],
)
def test_an_expired_validation_stops_the_list(
    tmp_path: Path, until: date, because: str | None, asked: date | None, said: str | None
) -> None:
    home = home_with(tmp_path, until, because)
    if said is None:
        assert write_weekly_list(home, asked, NOW).html.exists()
        return
    with pytest.raises(ValidationExpiredError, match=said):
        write_weekly_list(home, asked, NOW)
    assert not (home / "alerts").exists() or not any((home / "alerts").iterdir())


def test_a_file_published_by_an_earlier_version_is_not_stopped(tmp_path: Path) -> None:
    assert write_weekly_list(County().publish(tmp_path / "home"), AS_OF, NOW).html.exists()
