"""How a pair has scored, why, what speaks against and what would take it off the list: rows of the published database in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alerts.english import long_date, short_day
from alerts.pages.page import Section, share
from alerts.reasons import AGAINST, OFF
from alerts.render.rows import rows
from alerts.render.wording import STATUSES, chance

if TYPE_CHECKING:
    import duckdb

WEEKS, BAR = 26, 20
DIRECTIONS = {"raises": "for", "lowers": "against", "off_list": "would take it off"}
SCENARIOS = {"quiet": "nothing more happens", "peace": "peace is reported tonight (graded 1B), and nothing more happens"}


def standing(con: duckdb.DuckDBPyConnection, pair_id: str) -> str:
    """Where the pair stands tonight, in a sentence."""
    listed = rows(con, "select * from analyst.flagged_pairs where pair_id = $1 order by lane, rank", [pair_id])
    if not listed:
        newest = con.execute("select score from analyst.pair_weeks where pair_id = ? order by week desc limit 1", [pair_id]).fetchall()
        return "Not on tonight's list." + (f" Its newest score: {chance(newest[0][0])} ({share(newest[0][0])})." if newest else "")
    said = [
        f"No. {one['rank']} on tonight's {one['lane']} list: {chance(one['score'])} ({share(one['score'])}) within 28 days, "
        f"{STATUSES.get(one['status'], one['status']).lower()}, first flagged on {long_date(one['first_flagged'])}."
        for one in listed
    ]
    return " ".join(said)


def reasons(con: duckdb.DuckDBPyConnection, pair_id: str) -> Section:
    """Why it is listed; of a pair that is not, the reasons of the last list that it was on."""
    title, columns = "Why, and what speaks against", ("", "Reason", "Share", "Chance without it", "Records")
    found = rows(con, _REASONS, [pair_id])
    if found:
        said = "The scorer's own arithmetic. The share is of all that moves the score; the chance is what it would be without that reason."
        return Section(title, said, columns, tuple(_reason(one) for one in found))
    last = rows(con, "select * from analyst.flag_history where pair_id = $1 order by as_of desc limit 1", [pair_id])
    said = f"Not on tonight's list. Reasons of {long_date(last[0]['as_of'])}, when it was last on one:" if last else ""
    then = tuple(_then(reason) for reason in last[0]["reasons"] or ()) if last else ()
    return Section(title, said, columns[:2], then, "It was on no list that is kept; reasons are made for listed pairs.")


def outlook(con: duckdb.DuckDBPyConnection, pair_id: str) -> Section:
    """How the score would go on by itself."""
    found = con.execute(_OUTLOOK, [pair_id]).fetchall()
    return Section(
        "How the score would go on by itself",
        "The pair measured again on later days as if nobody's events changed. It is no forecast.",
        ("If", "Score on the list's day", "After a week", "After four weeks", "Off the list"),
        tuple((SCENARIOS[scenario], *map(share, scores), short_day(off) if off else "not within what was measured") for scenario, *scores, off in found),
        "Made for pairs on tonight's list.",
    )  # fmt: skip


def history(con: duckdb.DuckDBPyConnection, pair_id: str) -> Section:
    """The score week by week, and the places on lists."""
    found = con.execute(_WEEKS, [pair_id, WEEKS]).fetchall()
    highest = max([score for _, score, *_ in found], default=0) or 1
    return Section(
        "Score, week by week",
        f"The last {WEEKS} weeks with a score, as known then; newest first.",
        ("As of", "Score", "", "On the list of that day", "Events in 28 days"),
        tuple((short_day(as_of), share(score), "█" * max(round(BAR * score / highest), 1), _places(places), f"{events:.0f}")
              for as_of, score, places, events in found),
        "No week of the last year has a score: nothing adverse was known.",
    )  # fmt: skip


def _reason(one: dict[str, Any]) -> tuple[str, ...]:
    part = one["share"]
    text = one["reason"].removeprefix(AGAINST).removeprefix(OFF)
    return (DIRECTIONS[one["direction"]], text[:1].upper() + text[1:], f"{part:.0%}" if part is not None else "", share(one["score_without"]),
            ", ".join(one["record_ids"] or ()))  # fmt: skip


def _then(reason: str) -> tuple[str, str]:
    kind = "against" if reason.startswith(AGAINST) else "would take it off" if reason.startswith(OFF) else "for"
    text = reason.removeprefix(AGAINST).removeprefix(OFF)
    return kind, text[:1].upper() + text[1:]


def _places(places: list[dict[str, Any]] | None) -> str:
    return "; ".join(
        f"{'D' if one['lane'] == 'domestic' else 'no. '}{one['rank']}, {one['status']}" for one in places or () if one["rank"] is not None
    )


_REASONS = "select * from analyst.flag_reasons where pair_id = $1 order by lane, ordinal"
_OUTLOOK = """
    select scenario, max(score) filter (days = 0), max(score) filter (days = 7), max(score) filter (days = 28), min(day) filter (not is_on_list)
    from analyst.flag_outlook where pair_id = $1 group by scenario order by scenario desc
"""
_WEEKS = """
    select weeks.as_of, any_value(weeks.score),
        list({'lane': flag.lane, 'rank': flag.rank, 'status': flag.status} order by flag.lane), any_value(weeks.events_28d)
    from analyst.pair_weeks as weeks
    left join analyst.flag_history as flag on flag.pair_id = weeks.pair_id and flag.as_of = weeks.as_of
    where weeks.pair_id = $1 group by weeks.as_of order by weeks.as_of desc limit $2
"""
