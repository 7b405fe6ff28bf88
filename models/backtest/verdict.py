"""Whether the warning works, in words, by a rule that was fixed before the figures were seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.backtest.baselines import DECAYED_HARM, NAIVE, SAID
from models.backtest.intervals import Figure
from models.gate import CONFIDENCE

LEAST_EVENTS = 30
"""Serious events below which nothing can be said either way."""


@dataclass(frozen=True)
class Verdict:
    """`works`: None where it cannot be said."""

    works: bool | None
    headline: str
    sentences: tuple[str, ...]


def judge(
    measures: Mapping[str, Figure], gains: Mapping[str, Figure], base_rate: Figure, ranking_gain: Figure, *, events: int, list_size: int
) -> Verdict:
    """The warning works if its precision at the list's size is above the base rate and above every naive rule, each with its whole interval."""
    sentences = [_hits(measures, base_rate, list_size), _against(gains), _ranking(ranking_gain), _early(measures, events), _onset(measures)]
    if events < LEAST_EVENTS:
        headline = (
            f"It cannot be said whether the warning works: only {events} serious events could be judged, and {LEAST_EVENTS} are needed."
        )
        return Verdict(None, headline, tuple(sentences))
    beaten_by = [name for name in ("base_rate", *NAIVE) if not _above(gains[name])]
    if not beaten_by:
        return Verdict(True, "The warning works here: it is better than the base rate and than every naive rule.", tuple(sentences))
    names = ", ".join(f"“{SAID[name]}”" for name in beaten_by if name != "base_rate")
    if "base_rate" in beaten_by:
        return Verdict(False, "The warning does not work here: it is not shown to be better than the base rate.", tuple(sentences))
    headline = f"The warning is better than the base rate, but not shown to be better than {names}: at this list's size a simple rule would do as well."
    return Verdict(False, headline, tuple(sentences))


def _above(gain: Figure) -> bool:
    return gain.low is not None and gain.low > 0


def share(figure: Figure) -> str:
    """A share with its interval, in words."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "nothing to measure"
    return f"{figure.value:.1%} ({CONFIDENCE:.0%} interval {figure.low:.1%} to {figure.high:.1%})"


def _points(figure: Figure) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return "nothing to measure"
    return f"{100 * figure.value:+.1f} points ({100 * figure.low:+.1f} to {100 * figure.high:+.1f})"


def _hits(measures: Mapping[str, Figure], base_rate: Figure, list_size: int) -> str:
    return (
        f"Of the pairs listed ({list_size} a week at most), {share(measures['precision'])} were followed by serious violence between the two within 28 days; "
        f"of all pairs that could be listed, {share(base_rate)}."
    )


def _against(gains: Mapping[str, Figure]) -> str:
    nearest = min(NAIVE, key=lambda name: gains[name].value if gains[name].value is not None else 0.0)  # type: ignore[arg-type,return-value]
    decayed = "better than" if _above(gains[DECAYED_HARM]) else "not shown to be better than"
    return (
        f"Over the best naive rule, {SAID[nearest]}: {_points(gains[nearest])}. It is {decayed} decayed harm, the rule that ships where no learned model "
        f"passes the gate: {_points(gains[DECAYED_HARM])}."
    )


def _ranking(gain: Figure) -> str:
    return (
        "Over lists of every size (average precision), it "
        + (
            f"gains {_points(gain)} on the best naive rule"
            if _above(gain)
            else f"is not shown to be better than the best naive rule: {_points(gain)}"
        )
        + ". Where a list is long beside the county's trouble, every rule lists the same pairs, and only this tells them apart."
    )


def _early(measures: Mapping[str, Figure], events: int) -> str:
    lead = measures["lead_median"].value
    days = "no event was flagged before" if lead is None else f"half of those flagged were first flagged {lead:.0f} days before or more"
    return f"Of {events} serious events, {share(measures['recall'])} were on a list 7 to 56 days before; {days}."


def _onset(measures: Mapping[str, Figure]) -> str:
    return (
        f"Onset, the harder case (no serious violence between the two in the year before): precision {share(measures['onset_precision'])}, "
        f"recall {share(measures['onset_recall'])}."
    )
