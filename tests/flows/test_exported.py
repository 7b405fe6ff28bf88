"""What an erasure does with exported files: those that show the erased go if they are still as exported, others are told; the rest stays."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from alerts.marking import MARKING
from flows.auditing import log
from flows.export_files import FORMS, ExportRefused, read_texts, write_table
from flows.exported import ABOUT, Exported, exported, fingerprint, forget_exports, note
from flows.settings import Settings
from warehouse.audit.entry import Kind

FRAME = pl.DataFrame(
    {"name": ["=1+1", "Jade Smith"], "reasons": [["one", "two"], []], "score": [0.25, float("nan")], "listed": [True, None]},
    schema={"name": pl.String, "reasons": pl.List(pl.String), "score": pl.Float64, "listed": pl.Boolean},
)
ABOUT_IT = {"marking": MARKING, "what": "a test"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def give(home: Path, file: Path, subjects: list[str], frame: pl.DataFrame = FRAME) -> None:
    """A file as `forewarn export` leaves it."""
    write_table(frame, file, file.suffix, ABOUT_IT)
    Path(f"{file}{ABOUT}").write_text("what it is")
    head = log(Settings(home=home), Kind.disclosure, "export", subjects, recipient="somebody")
    note(home, Exported(str(file), fingerprint(file), "somebody", "2026-03-01 10:00", frame.height, head.entries))


@pytest.mark.parametrize("form", FORMS)
def test_a_file_holds_what_it_was_given_is_marked_and_private(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"out{form}"
    write_table(FRAME, file, form, ABOUT_IT)
    assert file.stat().st_mode & 0o077 == 0
    texts = " ".join(read_texts(file).to_list())
    assert all(word in texts for word in ("Jade Smith", "one", "two"))
    if form == ".csv":
        assert file.read_text(encoding="utf-8-sig").splitlines() == [
            "name,reasons,score,listed",
            "'=1+1,one; two,0.25,True",
            "Jade Smith,,,",
        ]
    else:
        assert MARKING in (texts if form == ".xlsx" else str(pl.read_parquet_metadata(file)))


def test_nothing_in_a_workbook_is_a_formula(tmp_path: Path) -> None:
    import zipfile

    write_table(FRAME, tmp_path / "out.xlsx", ".xlsx", ABOUT_IT)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="do not fit a workbook"):
        write_table(pl.DataFrame({"n": range(1_048_576)}), tmp_path / "out.xlsx", ".xlsx", {})


def test_files_that_show_the_erased_go_or_are_told(home: Path, tmp_path: Path) -> None:
    shown, named, moved, other = (tmp_path / name for name in ("shown.csv", "named.parquet", "moved.xlsx", "other.csv"))
    give(home, shown, ["P0123456789ab"])
    give(home, named, ["Pffffffffffff"])
    give(home, moved, ["P0123456789ab"])
    give(home, other, ["Pffffffffffff"], pl.DataFrame({"name": ["Jade Smithson"]}))
    moved.rename(tmp_path / "elsewhere.xlsx")
    removed, elsewhere = forget_exports(home, ["P0123456789ab"], ["jade smith"], None)
    assert removed == [str(shown), str(named)]
    assert elsewhere == [f"{moved} (for somebody)"]
    assert [one.file for one in exported(home)] == [str(other)]
    assert sorted(file.name for file in tmp_path.glob("*.*")) == ["elsewhere.xlsx", "other.csv", "other.csv.about.txt"]


def test_a_file_changed_since_is_left_and_told(home: Path, tmp_path: Path) -> None:
    give(home, tmp_path / "list.csv", ["P0123456789ab"])
    (tmp_path / "list.csv").write_text("notes of our own")
    assert forget_exports(home, ["P0123456789ab"], [], None) == ([], [f"{tmp_path / 'list.csv'} (for somebody)"])
    assert (tmp_path / "list.csv").exists()


def test_without_exports_there_is_nothing_to_forget(home: Path) -> None:
    assert forget_exports(home, ["P0123456789ab"], ["jade smith"], None) == ([], [])
