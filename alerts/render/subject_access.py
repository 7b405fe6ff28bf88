"""The export for a person as one page to read."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from alerts.subject_access.export import Export


def render_export(export: Export) -> str:
    """One self-contained page; the same export gives the same bytes."""
    templates = Environment(
        loader=PackageLoader("alerts"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return templates.get_template("subject_access.html.j2").render(export=export.as_plain())
