"""What stages cost, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Cost:
    """What one stage took: seconds of wall time and of CPU, and the most memory that the process held during it."""

    stage: str
    seconds: float
    cpu: float
    peak_gib: float


def total(costs: list[Cost]) -> Cost:
    """All stages together: the sum of the times, the highest of the peaks."""
    return Cost("all", sum(c.seconds for c in costs), sum(c.cpu for c in costs), max(c.peak_gib for c in costs))


def night_table(costs: list[Cost]) -> str:
    """A row a stage, and one for all."""
    rows = [f"| {c.stage} | {c.seconds:,.1f} | {c.cpu:,.1f} | {c.peak_gib:.2f} |" for c in (*costs, total(costs))]
    return "\n".join(["| stage | wall, s | CPU, s | most memory, GiB |", "| --- | --- | --- | --- |", *rows]) + "\n"


def growth_table(costs: Mapping[int, list[Cost]]) -> str:
    """A row a size: the whole night, and how many times the CPU of the size before for how many times the people."""
    rows = []
    before: dict[int, int] = {after: size for size, after in pairwise(sorted(costs))}
    for people in sorted(costs):
        whole, grown = total(costs[people]), ""
        if people in before:
            times = whole.cpu / total(costs[before[people]]).cpu
            grown = f"{times:.1f} x for {people / before[people]:.1f} x the people"
        rows.append(f"| {people:,} | {whole.seconds:,.0f} | {whole.cpu:,.0f} | {whole.peak_gib:.2f} | {grown} |")
    return "\n".join(["| people | wall, s | CPU, s | most memory, GiB | CPU grows |", "| --- | --- | --- | --- | --- |", *rows]) + "\n"
