"""Nights as tables."""

from __future__ import annotations

from bench.nightly.costs import Cost, growth_table, night_table


def test_a_night_is_the_sum_of_its_stages_and_the_highest_peak() -> None:
    table = night_table([Cost("take in", 1.0, 0.5, 0.2), Cost("publish", 2.0, 1.5, 1.25)])
    assert table.splitlines()[-1] == "| all | 3.0 | 2.0 | 1.25 |"


def test_growth_is_told_from_one_size_to_the_next() -> None:
    table = growth_table({30: [Cost("all", 9.0, 9.0, 1.0)], 10: [Cost("all", 2.0, 2.0, 0.5)]})
    assert table.splitlines()[-1] == "| 30 | 9 | 9 | 1.00 | 4.5 x for 3.0 x the people |"
