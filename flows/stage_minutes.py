"""How long a stage may take under Prefect before it is stopped: for every stage, and for some by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ONE = re.compile(r"\s*(?:([a-z][a-z ]*[a-z])\s*=\s*)?([1-9]\d*)\s*")


@dataclass(frozen=True)
class StageMinutes:
    """Minutes for every stage, and for stages by name."""

    each: int = 240
    named: tuple[tuple[str, int], ...] = ()

    def of(self, stage: str) -> int:
        return dict(self.named).get(stage, self.each)

    def strangers(self, stages: Iterable[str]) -> list[str]:
        """Names that no stage has."""
        return sorted({name for name, _ in self.named} - set(stages))


def read_stage_minutes(text: str) -> StageMinutes:
    """`240`, or `240, resolve people=600`. Raises ValueError with what it must be."""
    each, named = StageMinutes.each, []
    for part in text.split(","):
        match = _ONE.fullmatch(part)
        if match is None:
            raise ValueError("minutes, such as 240, or 240, resolve people=600")
        if match[1] is None:
            each = int(match[2])
        else:
            named.append((match[1], int(match[2])))
    return StageMinutes(each, tuple(named))
