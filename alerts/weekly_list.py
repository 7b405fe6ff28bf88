"""The tactical group's weekly list: made of the published database, issued under HOME/alerts, and never changed afterwards."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from alerts.english import long_date
from alerts.profiles import WHOLE, Profile
from alerts.render.changes import PreviousList, previous_list
from alerts.render.compose import Surroundings, compose
from alerts.render.content import ListContent
from alerts.render.documents import WITHOUT_PDF
from alerts.render.issued import issue, issued_days, last_issued_before
from alerts.render.partnerships import read_partnerships
from alerts.render.published import Published, merged_people, open_published, pairs_now, read_published
from alerts.render.track_record import read_track_records
from alerts.reviews.decision import read_pathways
from alerts.validation import check_validation

STALE_AFTER_DAYS = 3


class StaleListError(Exception):
    """The published list is older than allowed for the date asked: no list rather than a stale one."""


class LaterListError(Exception):
    """The published list is later than the date asked: it would show what was not yet known then."""


@dataclass(frozen=True)
class WeeklyList:
    """An issued list: where its page and its record are, how many pairs it has, how many of them were not on the last one, and how many left.

    `is_new` unless it had been issued before with the same content.
    """

    as_of: date
    html: Path
    record: Path
    is_new: bool
    pairs: int
    new: int
    left: int
    revision: int
    said: str


def write_weekly_list(
    home: Path,
    as_of: date | None,
    now: datetime,
    *,
    partnerships: Path | None = None,
    pathways: Path | None = None,
    profile: Profile = WHOLE,
    formats: Collection[str] = WITHOUT_PDF,
) -> WeeklyList:
    """Issue the list of the published database as HOME/alerts/<as_of>/forewarn-list-<as_of>.html, with list.json beside it.

    `profile` is the tactical group's own, `formats` are those that it gets beside the page.

    `as_of` is the date asked for; None takes the published list whatever its age, and `said` then tells how old it is.
    Again for the same date: the same bytes, or, when the content differs, a revision beside what was issued.
    Raises StaleListError, LaterListError, ValidationExpiredError, NotPublishedError, PublishedContradictionError, PartnershipsUnreadableError,
    PathwaysUnreadable, PdfEngineMissing.
    """
    content = _content(home, as_of, partnerships, pathways)
    issued = issue(home, content, profile, formats)
    said = issued.said + _age(content.as_of, as_of, now)
    return WeeklyList(
        as_of=content.as_of,
        html=issued.html,
        record=issued.record,
        is_new=issued.is_new,
        pairs=len(content.pairs),
        new=_new(content),
        left=len(content.left),
        revision=issued.revision,
        said=said,
    )


def _content(home: Path, as_of: date | None, partnerships: Path | None, pathways: Path | None) -> ListContent:
    """What the list says, by the published database and the lists issued before."""
    with open_published(home) as con:
        published = read_published(con)
        _check_date(published.run.as_of, as_of)
        check_validation(con, as_of or published.run.as_of)
        before = last_issued_before(home, published.run.as_of)
        previous = previous_list(before, merged_people(con, date.fromisoformat(before["as_of"]))) if before else None
        left_now = pairs_now(con, _not_listed(previous, published), previous.as_of) if previous else {}
        tracks = read_track_records(con, published.run.as_of, issued_days(home), merged_people(con, date.min))
    districts = {**published.districts, **(read_partnerships(partnerships) if partnerships else {})}
    helps = read_pathways(pathways) if pathways else ()
    return compose(published, Surroundings(districts, previous, left_now, tracks, helps))


def _check_date(published: date, asked: date | None) -> None:
    if asked is None:
        return
    age = (asked - published).days
    if age < 0:
        raise LaterListError(
            f"the published list is of {long_date(published)}, later than {long_date(asked)}: ask for {published.isoformat()}, "
            f"or run `forewarn nightly --as-of {asked.isoformat()}` first"
        )
    if age > STALE_AFTER_DAYS:
        raise StaleListError(
            f"the published list is of {long_date(published)}, {age} days before {long_date(asked)} ({STALE_AFTER_DAYS} are allowed), so no list was written: "
            f"run `forewarn nightly --as-of {asked.isoformat()}` with current extracts, then ask again"
        )


def _not_listed(previous: PreviousList, published: Published) -> list[str]:
    here = {(flag.lane, flag.pair_id) for flag in published.flags}
    return sorted({pair.pair_id for pair in previous.pairs if (pair.lane, pair.pair_id) not in here})


def _new(content: ListContent) -> int:
    return sum(pair.change.movement in ("first", "new") for pair in content.pairs)


def _age(published: date, asked: date | None, now: datetime) -> str:
    age = (now.date() - published).days
    return f" It is {age} days old." if asked is None and age > STALE_AFTER_DAYS else ""
