"""A backup holds all that a home keeps, is made under the lock of runs, and is put back whole or not at all."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from flows.backup import BackupMisplaced, back_up
from flows.databases import NoWarehouse
from flows.lock import RunInProgress
from flows.restore import BackupUnusable, HomeInUse, restore
from flows.run import Run
from flows.settings import SHIPPED, Settings, read_settings
from flows.stages import NIGHTLY
from warehouse.connection import open_warehouse
from warehouse.generations import published_file
from warehouse.upgrading import WarehouseTooNew

HOLD = """
import sys, time
from pathlib import Path
from flows.lock import only_run
from datetime import datetime
with only_run(Path(sys.argv[1]), "nightly", datetime(2026, 11, 19, 2, 30)):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home after a night on an empty landing folder, with a list, a model and a row of its own."""
    home = tmp_path_factory.mktemp("house") / "home"
    home.mkdir(mode=0o700)
    landing = home.parent / "landing"
    landing.mkdir()
    night = Run("nightly", home, date(2026, 1, 4), Settings(home=home), datetime(2026, 1, 5, 2, 30), "20260105T023000Z", landing)
    for stage in NIGHTLY:
        stage.act(night)
    night.warehouse().execute("create table ops.mark as select 42 as n")
    night.close()
    for name, text in {"alerts/2026-01-04/list.json": "{}", "models/one/card.json": "[]", "prefect/prefect.db": "", "run.lock": ""}.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    mapping = home.parent / "agencies.toml"
    mapping.write_text("[sources.incidents]\n", encoding="utf-8")
    return replace(read_settings({}), home=home, mapping=mapping)


@pytest.fixture(scope="module")
def archive(lived_in: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return back_up(lived_in, tmp_path_factory.mktemp("safe"))


def altered(archive: Path, target: Path, name: str, content: bytes | None, member: tarfile.TarInfo | None = None) -> Path:
    """A copy of a backup with one file changed, or left out, or a member added."""
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        for entry in old:
            held = old.extractfile(entry)
            assert held is not None
            was = held.read()
            given = content if entry.name == name else was
            if given is not None:
                entry.size = len(given)
                new.addfile(entry, io.BytesIO(given))
        if member is not None:
            new.addfile(member)
    return target


def test_what_was_backed_up_is_put_back_and_opens(archive: Path, lived_in: Settings, tmp_path: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
    done = restore(archive, tmp_path / "new")
    assert done.replaced is None
    assert (tmp_path / "new" / "alerts" / "2026-01-04" / "list.json").read_text() == "{}"
    assert (tmp_path / "new" / "restored_config" / "mapping.toml").read_text() == "[sources.incidents]\n"
    assert not (tmp_path / "new" / "prefect").exists()
    with open_warehouse(tmp_path / "new") as con:
        assert con.execute("select n from ops.mark").fetchall() == [(42,)]
    with duckdb.connect(str(tmp_path / "new" / "forewarn.duckdb"), read_only=True) as con:
        assert con.execute("select run_id from analyst.run").fetchall() == [("20260105T023000Z",)]
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "new").rglob("*") if not path.is_symlink()} == {0}
    assert not list((tmp_path / "new").glob(".restoring*"))


def test_the_manifest_names_versions_settings_and_hashes(archive: Path) -> None:
    with tarfile.open(archive) as held:
        assert held.getnames()[-1] == "manifest.json"
        content = held.extractfile("manifest.json")
        assert content is not None
        manifest = json.load(content)
    assert {
        "home/warehouse.duckdb",
        "home/published/forewarn-20260105T023000Z.duckdb",
        *(f"config/{name}.toml" for name in SHIPPED),
    } <= manifest["files"].keys()
    assert manifest["published"] == "forewarn-20260105T023000Z.duckdb"
    assert manifest["settings"]["list_size"] == "50"


def test_a_home_with_a_state_is_replaced_only_when_told_and_kept_aside(archive: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    restore(archive, home)
    with open_warehouse(home) as con:
        con.execute("update ops.mark set n = 43")
    with pytest.raises(HomeInUse, match=r"is not empty: restore into another --home, or say --replace"):
        restore(archive, home)
    done = restore(archive, home, replace=True)
    assert done.replaced is not None
    for folder, n in ((home, 42), (done.replaced, 43)):
        with open_warehouse(folder) as con:
            assert con.execute("select n from ops.mark").fetchall() == [(n,)]
    assert published_file(home) == home / "published" / "forewarn-20260105T023000Z.duckdb"


def test_a_backup_that_is_not_as_it_was_made_is_refused_and_home_stays(archive: Path, tmp_path: Path) -> None:
    link = tarfile.TarInfo("home/alerts/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    up = tarfile.TarInfo("home/../../outside")
    name = "home/models/one/card.json"
    copies = {
        "changed": (
            altered(archive, tmp_path / "a.tar", name, b"{}"),
            r"is not as it was made: 1 files are missing or changed \(home/models",
        ),
        "missing": (
            altered(archive, tmp_path / "b.tar", name, None),
            r"is not as it was made: 1 files are missing or changed \(home/models",
        ),
        "no manifest": (altered(archive, tmp_path / "c.tar", "manifest.json", None), "is cut short or no backup: it has no manifest"),
        "a link": (altered(archive, tmp_path / "d.tar", "", None, link), "holds something that no backup of ours holds"),
        "outside": (altered(archive, tmp_path / "e.tar", "", None, up), "holds something that no backup of ours holds"),
        "not there": (tmp_path / "f.tar", "there is no such file"),
    }
    (tmp_path / "g.tar").write_bytes(archive.read_bytes()[:5000])
    (tmp_path / "h.tar").write_text("not an archive")
    copies |= {"cut short": (tmp_path / "g.tar", "is damaged or no backup"), "other": (tmp_path / "h.tar", "is damaged or no backup")}
    for file, said in copies.values():
        with pytest.raises(BackupUnusable, match=said):
            restore(file, tmp_path / "home")
        assert [path.name for path in (tmp_path / "home").iterdir() if not path.name.endswith(".lock")] == []
    assert not (tmp_path / "outside").exists()


def test_a_backup_of_a_later_version_is_refused(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as held:
        content = held.extractfile("manifest.json")
        assert content is not None
        manifest = json.load(content) | {"schema_version": 99}
    later = altered(archive, tmp_path / "later.tar", "manifest.json", json.dumps(manifest).encode())
    with pytest.raises(WarehouseTooNew, match="has schema version 99"):
        restore(later, tmp_path / "home")


def test_a_backup_waits_for_a_run_that_is_at_work(lived_in: Settings, tmp_path: Path) -> None:
    for seconds, wait in (("1", 60.0), ("60", 0.0)):
        with subprocess.Popen([sys.executable, "-c", HOLD, lived_in.home, seconds], stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            if wait:
                assert back_up(lived_in, tmp_path, wait).exists()
            else:
                with pytest.raises(RunInProgress, match="nightly"):
                    back_up(lived_in, tmp_path, wait)
            other.kill()


def test_where_a_backup_must_not_go(lived_in: Settings, tmp_path: Path) -> None:
    (tmp_path / "there.tar").touch()
    for place, said in (
        (lived_in.home / "models", "a backup belongs on another disk"),
        (tmp_path / "there.tar", "is there already"),
        (tmp_path / "no" / "folder.tar", "is no folder"),
    ):
        with pytest.raises(BackupMisplaced, match=said):
            back_up(lived_in, place)
    with pytest.raises(NoWarehouse, match="has no warehouse yet: run `forewarn nightly` first"):
        back_up(Settings(home=tmp_path / "empty"), tmp_path)
