"""One way of saying a thing of two people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Where = Literal["between", "after", "led", "around", "through", "against"]
"""Where the words must stand: between the two names, between them or after the second, before the first or between,
anywhere in the sentence, or between them and after, with • for the second name (against: only if the two do nothing together)."""
Points = Literal["forward", "backward", "mutual"]
"""Who acts: the one named first on the one named second, the other way round, or each on the other."""


@dataclass(frozen=True)
class Cue:
    """One way of saying a thing: its kind of event, who acts on whom, where the words stand, and the words."""

    kind: str
    points: Points
    where: Where
    words: re.Pattern[str]


def cue(kind: str, points: Points, where: Where, words: str) -> Cue:
    """A cue whose words are a pattern of small letters: what it is sought in is made small once, which is quicker than to leave case aside."""
    return Cue(kind, points, where, re.compile(words))
