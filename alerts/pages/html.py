"""A page for a browser: one file, nothing loaded from elsewhere, marked, readable by keyboard and screen reader, and printable."""

from __future__ import annotations

from datetime import timedelta

from jinja2 import ChoiceLoader, PackageLoader

from alerts.pages.page import Page
from alerts.render.page import HORIZON_DAYS, environment

HANDLING = "Cleared analysts only. Made for one look: do not forward, and destroy it when it is done with."


def render(page: Page) -> str:
    """The page; the same content gives the same bytes."""
    templates = environment().overlay(loader=ChoiceLoader([PackageLoader("alerts.pages"), PackageLoader("alerts")]))
    return templates.get_template("page.html.j2").render(page=page, handling=HANDLING, horizon=page.as_of + timedelta(days=HORIZON_DAYS))
