"""The list as PDF: tagged, in English, titled, on A4, marked and numbered on every sheet, one sheet a pair, the same bytes again; and none without pango."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from alerts.render import pdf
from alerts.render.documents import FORMATS
from alerts.replay import replay_list
from alerts.weekly_list import write_weekly_list

if TYPE_CHECKING:
    from tests.alerts.conftest import County

can_make = pytest.mark.skipif(not pdf.engine(), reason="this machine makes no PDF: pango is not installed")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the list of two pairs and of a feud in every format."""
    from tests.alerts.conftest import County

    place = County().with_only("a", "g").publish(tmp_path_factory.mktemp("home"))
    write_weekly_list(place, None, datetime(2026, 5, 4), formats=FORMATS)
    return place


@pytest.fixture
def read(home: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(home / "alerts/2026-05-03/forewarn-list-2026-05-03.pdf")


def tags(element: Any, found: dict[str, int]) -> dict[str, int]:
    """How often each kind of tag is in a structure tree."""
    one = element.get_object()
    if isinstance(one, pypdf.generic.ArrayObject):
        for each in one:
            tags(each, found)
    elif isinstance(one, pypdf.generic.DictionaryObject):
        if "/S" in one:
            found[str(one["/S"])] = found.get(str(one["/S"]), 0) + 1
        if "/K" in one:
            tags(one["/K"], found)
    return found


@can_make
def test_it_is_tagged_titled_and_in_english(read: pypdf.PdfReader) -> None:
    root: Any = read.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("en-GB", True, True)
    assert read.metadata is not None
    assert read.metadata.title == "OFFICIAL-SENSITIVE: weekly list as of 3 May 2026"
    found = tags(root["/StructTreeRoot"], {})
    assert found["/H1"] == 1
    assert found["/H2"] >= 3
    assert {"/H3", "/Table", "/TR", "/TH", "/TD", "/L", "/LI", "/Figure"} <= set(found)
    assert [one.title for one in read.outline if not isinstance(one, list)] == ["Conflicts at risk of serious violence"]


@can_make
def test_every_sheet_is_a4_marked_dated_and_numbered(read: pypdf.PdfReader) -> None:
    for number, sheet in enumerate(read.pages, 1):
        text = " ".join(sheet.extract_text().split())
        assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
        assert text.count("OFFICIAL-SENSITIVE") >= 2
        assert "As of 3 May 2026" in text
        assert f"Page {number} of {len(read.pages)}" in text


@can_make
def test_a_sheet_for_each_pair_behind_a_one_page_summary(read: pypdf.PdfReader) -> None:
    texts = [" ".join(sheet.extract_text().split()) for sheet in read.pages]
    assert "What to expect." in texts[0]
    assert "Nathan Doyle, 35 and Samuel Osei, 34 V" in texts[0]
    of_pair = [number for number, text in enumerate(texts) if "In short" in text and "Who they are" in text]
    assert [("Kyle Mason and Dean Archer" in texts[n], "Nathan Doyle and Samuel Osei" in texts[n]) for n in of_pair] == [
        (True, False),
        (False, True),
    ]
    assert len(texts) == 5  # summary, feuds, two pairs, how to read


@can_make
def test_a_replay_makes_the_same_bytes(home: Path) -> None:
    replayed = replay_list(home, datetime(2026, 5, 3).date())
    assert set(replayed.files.values()) == {"equal"}
    assert len([name for name in replayed.files if name.endswith(".pdf")]) == 3  # the county, and two partnerships


def test_without_pango_a_replay_leaves_the_pdf_and_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.replay.engine", lambda: "")
    replayed = replay_list(home, datetime(2026, 5, 3).date())
    assert {name.rsplit(".", 1)[1]: state for name, state in replayed.files.items()} == {"html": "equal", "pdf": "here", "xlsx": "equal"}
    assert replayed.is_equal


def test_what_can_make_no_pdf_says_how_to_mend_it(
    county: County, publish: Callable[[County], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = "import sys; sys.exit(3)"
    monkeypatch.setattr(pdf, "COMMAND", (sys.executable, "-c", broken))
    home = publish(county.with_only("a"))
    with pytest.raises(pdf.PdfEngineMissing, match="install the system library pango"):
        write_weekly_list(home, None, datetime(2026, 5, 4), formats=FORMATS)
    assert list((home / "alerts").rglob("*.*")) == []


@can_make
def test_a_page_on_standard_input_comes_back_as_pdf() -> None:
    made = subprocess.run(pdf.COMMAND, input=b"<html lang=en-GB><title>x</title><h1>x</h1>", capture_output=True, check=True).stdout
    assert pypdf.PdfReader(io.BytesIO(made)).metadata.title == "x"  # type: ignore[union-attr]
