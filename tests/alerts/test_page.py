"""The page read as a reader, a screen reader and a printer would: structure, wording, and what must never be on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alerts.weekly_list import write_weekly_list

if TYPE_CHECKING:
    from tests.alerts.conftest import County

GOLDEN = Path(__file__).parent / "county" / "golden_list.txt"
VOID = {"meta", "col", "br", "link", "img", "input", "circle", "rect", "line", "path"}
SEPARATORS = {"td": " | ", "th": " | ", "br": " ", "a": "", "abbr": "", "b": "", "span": "", "strong": ""}  # all else begins a line


@dataclass
class Page(HTMLParser):
    """A parsed page: its elements with their attributes, and its text as lines."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        self.text += SEPARATORS.get(tag, "\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += re.sub(r"\s+", " ", data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    def lines(self) -> list[str]:
        joined = (" ".join(line.split()).removeprefix("| ") for line in self.text.splitlines())
        return [line for line in joined if line]


def read(page: str) -> Page:
    parsed = Page()
    parsed.feed(page)
    assert parsed.open == []
    return parsed


@pytest.fixture
def written(publish: Callable[[County], Path]) -> Callable[[County], str]:
    """The page of a county as text."""
    return lambda county: write_weekly_list(publish(county), None, datetime(2026, 5, 4)).html.read_text()


def test_the_list_of_a_small_county_reads_as_agreed(county: County, written: Callable[[County], str]) -> None:
    """To take a new wording: write the lines of the page into county/golden_list.txt and read the difference."""
    lines = read(written(county.with_only("a", "g", "x"))).lines()
    assert [line for line in lines if "sha256" not in line] == GOLDEN.read_text().splitlines()


def test_headings_go_down_one_step_at_a_time(county: County, written: Callable[[County], str]) -> None:
    levels = [int(tag[1]) for tag, _ in read(written(county)).elements if re.fullmatch("h[1-6]", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_tables_and_drawings_are_named(county: County, written: Callable[[County], str]) -> None:
    page = read(written(county))
    tags = Counter(tag for tag, _ in page.elements)
    assert [tags[tag] for tag in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]
    assert page.all("html") == [{"lang": "en-GB"}]
    assert {cell.get("scope") for cell in page.all("th")} == {"col", "colgroup", "row"}
    assert tags["caption"] == tags["table"]
    assert all(svg.get("role") == "img" or svg.get("aria-hidden") == "true" for svg in page.all("svg"))
    assert all(svg.get("aria-label") or svg.get("aria-labelledby") for svg in page.all("svg") if svg.get("role") == "img")


def test_every_id_is_there_once_and_every_reference_leads_somewhere(county: County, written: Callable[[County], str]) -> None:
    html = written(county)
    ids = Counter(attributes["id"] for _, attributes in read(html).elements if "id" in attributes)
    references = [target for _, attributes in read(html).elements for target in attributes.get("aria-labelledby", "").split()]
    links = [link["href"].removeprefix("#") for link in read(html).all("a")]
    patterns = re.findall(r"url\(#([\w-]+)\)", html)
    assert set(ids.values()) == {1}
    assert {*references, *links, *patterns} <= set(ids)


def test_the_page_fetches_nothing(county: County, written: Callable[[County], str]) -> None:
    html = written(county)
    page = read(html)
    assert not page.all("script", "link", "img", "iframe", "object", "embed", "base", "form")
    assert not re.search(r"https?:|//[a-z]|@import|url\((?!#)", html.replace("http-equiv", ""))
    assert page.all("meta")[1]["content"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert all(link["href"].startswith("#") for link in page.all("a"))


def test_hostile_text_is_shown_as_text(county: County, written: Callable[[County], str]) -> None:
    attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    hostile = replace(
        county,
        people=county.people.replace("Kyle Mason", attack),
        events=county.events.replace("Slapped at the bus station.", attack),
        pairs=county.pairs.replace("protected intelligence graded 1A", attack).replace("E07000999", "</td><b>"),
        warnings=(attack,),
    )
    html = written(hostile)
    page = read(html)
    assert not page.all("script", "img")
    assert html.count("&lt;script&gt;") >= 4
    assert not [attributes for _, attributes in page.elements if any(name.startswith("on") for name in attributes)]


def test_protected_intelligence_shows_date_severity_and_grade_only(county: County, written: Callable[[County], str]) -> None:
    html = written(county.with_only("e"))
    assert not re.search(r"HIDDEN|IR-SECRET", html)
    row = next(line for line in read(html).lines() if line.startswith("22 Apr 26"))
    assert row == "22 Apr 26 | Intelligence assessment | Protected intelligence Nothing more may be shown. | High | 1B |"


def test_no_record_number_of_an_exclusion_and_no_text_of_a_report_is_printed(county: County, written: Callable[[County], str]) -> None:
    html = written(county)
    assert "A123456789012" not in html
    assert "Asking where Blake gets off the bus" not in html
    assert "Both suspended for assault" in html
    assert {"INC0007301", "IR010410"} <= set(re.findall(r"INC\d+|IR\d+", html))


def test_a_person_known_only_as_a_victim_is_never_the_one_who_acts(county: County, written: Callable[[County], str]) -> None:
    """Even if an event were published the other way round: it then has no direction."""
    turned = re.sub(r"(g .*\| )a_to_b", r"\1b_to_a", county.with_only("g").events)
    page = read(written(replace(county.with_only("g"), events=turned)))
    lines = page.lines()
    assert "Known only as a victim in what is between them. Listed as a person at risk, not as a party to the conflict." in lines
    assert "Samuel Osei → Nathan Doyle: none on record" in lines
    assert not [line for line in lines if re.search(r"Samuel Osei.*(→|towards) *Nathan Doyle.*(Severity|Low|High)", line)]
    assert "Between them, or direction not told" in lines


def test_a_child_has_the_safeguarding_route_and_an_unknown_age_is_checked(county: County, written: Callable[[County], str]) -> None:
    lines = read(written(county.with_only("d", "e"))).lines()
    assert sum(line.startswith("Under 18: safeguarding route.") for line in lines) == 2
    assert lines.count("Check the age first: possibly under 18.") == 1


def test_a_record_that_only_names_both_is_counted_and_a_sexual_offence_is_shown_with_its_route(
    county: County, written: Callable[[County], str]
) -> None:
    row = "h | {} 10:00 | 2026-04-02 | {} | {} | {} | mutual | {} | no | | | no | NAMED/NAMED | "
    events = county.with_only("h").events
    named = row.format("2026-04-01", "intelligence", "IR1", "named_together", 0)
    old = row.format("2024-04-01", "incident", "INC1", "disorder", 5)
    sexual = row.format("2026-03-01", "incident", "INC2", "sexual", 300)
    lines = read(written(replace(county.with_only("h"), events="\n".join([events, named, old, sexual])))).lines()
    assert any(line.startswith("Not shown: 1 earlier event, 1 record that only names both.") for line in lines)
    assert any(line.startswith("A sexual offence is on record between them: specialist route first") for line in lines)
    assert not any("IR1" in line or "INC1 " in line for line in lines)


def test_of_a_feud_to_warn_of_all_are_named_of_another_only_the_people_of_listed_pairs(
    county: County, written: Callable[[County], str]
) -> None:
    page = read(written(county))
    text = "\n".join(page.lines())
    assert text.index("Feud 2 ") < text.index("Feud 1 ")
    assert "no pair of it is on the list" in text
    for name in ("Jordan Vale", "Curtis Holloway, 16 Under 18", "Lewis Parr Age not known", "Tyler Quinn, 20 Victim only", "Marcus Reeve"):
        assert name in text
    assert "Unnamed" not in text
    assert text.count("1 other person, not named") == 2
    assert "How such warnings have fared: of 74 such feud-weeks in settled weeks 1 came to serious violence" in text
    assert "Feud 3" not in text
    assert "#feud-1" in {link.get("href") for link in page.all("a")}


def test_a_reason_names_its_records_and_what_the_score_would_be_without_it(county: County, written: Callable[[County], str]) -> None:
    text = "\n".join(read(written(county.with_only("a"))).lines())
    assert "(blunt, INC0007301), threats to kill on 1 May 2026 (INC0007488) and 2 more (without it: about 1 in 12)" in text
    assert "What would take the pair off the list: No further event for 6 weeks, until 14 June 2026" in text


def test_domestic_pairs_stand_apart_from_conflicts(county: County, publish: Callable[[County], Path]) -> None:
    county_page = write_weekly_list(publish(county), None, datetime(2026, 5, 4)).html
    conflicts, domestic = (path.read_text() for path in (county_page, county_page.with_stem(f"{county_page.stem}-domestic")))
    assert "Dawlish" not in conflicts
    assert "Domestic abuse</strong> is in a file of its own, for the specialist route only: 3 pairs" in conflicts
    assert "Mason" not in domestic
    assert "<h1>Domestic abuse: for the specialist route</h1>" in domestic
    assert "For the domestic-abuse lead only. Do not copy" in domestic
    assert "tactical group only" not in domestic
    assert "Not for mediation, joint meetings or any contact with both people." in domestic


def test_a_list_without_domestic_pairs_has_no_file_for_them(county: County, publish: Callable[[County], Path]) -> None:
    page = write_weekly_list(publish(county.with_only("a")), None, datetime(2026, 5, 4)).html
    assert not list(page.parent.glob("*domestic*"))


def test_the_summary_stands_in_order_of_rank_and_the_contents_by_partnership(county: County, written: Callable[[County], str]) -> None:
    lines = read(written(county)).lines()
    assert [line.split(" ")[0] for line in lines if re.match(r"\d+ \| \w+", line)] == [str(rank) for rank in range(1, 12)]
    contents = lines[lines.index("Contents") : lines.index("Forewarn · weekly list for the tactical group")]
    assert [line.split(" ")[0] for line in contents if "Partnership" in line or line.startswith("E07")] == [
        "North",
        "Nuneaton",
        "Rugby",
        "South",
        "E07000999",
    ]


def test_the_marking_and_the_handling_instruction_stand_on_every_printed_page(county: County, written: Callable[[County], str]) -> None:
    html = written(county)
    for corner in ("@top-left", "@bottom-left"):
        assert f'{corner} {{ content: "OFFICIAL-SENSITIVE"' in html
    assert '@top-center { content: "Named members of the tactical group only. Do not copy, forward or photograph."' in html
    assert html.count("<strong>OFFICIAL-SENSITIVE</strong>") == 2


def test_text_stands_out_from_what_is_behind_it() -> None:
    """Contrast of at least 4.5 to 1 for every ink on every ground of the style sheet."""
    css = (Path(__file__).parents[2] / "alerts" / "templates" / "style.css").read_text()
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    for ink in ("ink", "soft", "navy", "red"):
        for ground in ("#ffffff", named["faint"]):
            assert contrast(named[ink], ground) >= 4.5, (ink, ground)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
