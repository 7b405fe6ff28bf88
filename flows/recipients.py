"""The weekly list for one recipient, by their profile: written beside the list as issued, and logged as disclosed to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alerts.profiles import Profile, profile_named, read_profiles
from alerts.render.documents import PDF
from alerts.render.pdf import MEND, engine
from alerts.render.recipient import render_for
from flows.auditing import log
from warehouse.audit.entry import Kind

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from alerts.weekly_list import WeeklyList
    from flows.settings import Settings


def profile_of(settings: Settings, name: str) -> Profile:
    """The profile of a name, by the settings: no profile, no file. Raises ProfileUnknown, ProfilesUnreadable."""
    return profile_named(read_profiles(settings.profiles) if settings.profiles else {}, name)


def formats_here(settings: Settings) -> tuple[tuple[str, ...], str]:
    """The formats that the settings ask for and this machine can make, and what to say of one that it cannot."""
    if PDF not in settings.formats or engine():
        return settings.formats, ""
    return tuple(one for one in settings.formats if one != PDF), f"No PDF was written, because this machine cannot make one: {MEND}."


def write_for(settings: Settings, profile: Profile, issued: WeeklyList, formats: Collection[str]) -> Path:
    """Writes what a recipient may see of an issued list; returns the page. Logged with profile, recipient and the ids shown."""
    done = render_for(profile, issued.record, formats)
    if done.is_new:
        what = f"weekly list of {issued.as_of}, revision {issued.revision}, profile {profile.name}: {done.pairs} pairs"
        log(settings, Kind.disclosure, what, sorted(done.shown), recipient=profile.recipient)
    return done.html
