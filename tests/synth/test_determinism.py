"""The same arguments make the same county, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth.county import DEFAULT_END, make_county
from synth.people import make_people, people_truth
from synth.period import Period


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = make_county(tmp_path / "one", 500, 1, seed=5, weeks=3), make_county(tmp_path / "other", 500, 1, seed=5, weeks=3)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")
    assert (one.rows, one.serious, one.bad_rows) == (other.rows, other.serious, other.bad_rows)


def test_another_seed_gives_another_county(tmp_path: Path) -> None:
    make_county(tmp_path / "one", 300, 1, seed=5)
    make_county(tmp_path / "other", 300, 1, seed=6)
    one, other = bytes_of(tmp_path / "one"), bytes_of(tmp_path / "other")
    assert one.keys() == other.keys()
    assert all(one[name] != other[name] for name in one if name.endswith(".csv"))


def test_the_people_do_not_depend_on_what_happens_later() -> None:
    short, long = (people_truth(make_people(5, 400, Period(DEFAULT_END, 2, weeks))) for weeks in (0, 0))
    assert short.equals(long)


def test_a_world_that_is_not_defined_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no world called 'mars'; choose one of flat, gangs, town"):
        make_county(tmp_path, 300, 1, seed=1, world="mars")


@pytest.mark.parametrize("world", ["town", "flat", "gangs"])
def test_a_hamlet_can_be_made_in_every_world(tmp_path: Path, world: str) -> None:
    steps: list[tuple[str, int, int]] = []
    made = make_county(tmp_path, 60, 1, seed=1, world=world, weeks=1, progress=lambda step, done, total: steps.append((step, done, total)))
    assert (made.people, made.world, made.weeks) == (60, world, 1)
    assert all(0 <= done <= total for _, done, total in steps)
    assert steps[-1] == ("writing the truth", 1, 1)
