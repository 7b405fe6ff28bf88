"""forewarn restore: a home from a backup. Everything is unpacked aside and held against its hashes before anything is put in place."""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb

from flows.backup import FORMAT, MANIFEST, REPLACED
from flows.clock import new_run_id, now_in_london
from flows.home import prepare_home
from flows.lock import only_run
from warehouse.connection import FILE
from warehouse.generations import FOLDER, LOCKED, PUBLISHED, point_to
from warehouse.upgrading import newest_version, refuse_newer

RESTORING = ".restoring"
STAYS = {"run.lock", "weekly.lock", "prefect", "demo", RESTORING}
CHUNK = 1 << 20


class BackupUnusable(Exception):
    """A file is no backup of ours, or not as it was when it was made."""


class HomeInUse(Exception):
    """HOME holds a pipeline's state, and nobody said that it may be replaced."""


@dataclass(frozen=True)
class Restored:
    """What was put in place: how many files, what is published, when the backup was made, and where the state before it is."""

    files: int
    published: str | None
    made_at: str
    replaced: Path | None


def restore(backup: Path, home: Path, *, replace: bool = False) -> Restored:
    """Makes HOME what it was at the backup. A home with a state is replaced only when told so, and its state is kept aside.

    Raises BackupUnusable, HomeInUse, RunInProgress, WarehouseTooNew; HOME is then as it was.
    """
    home, now = prepare_home(home), now_in_london()
    with ExitStack() as locks:
        for run in ("restore", "weekly"):
            locks.enter_context(only_run(home, run, now))
        state = [path for path in home.iterdir() if path.name not in STAYS and not path.name.startswith(REPLACED)]
        if state and not replace:
            raise HomeInUse(
                f"{home} is not empty: restore into another --home, or say --replace to put its state aside and the backup in its place."
            )
        with _aside(home / RESTORING) as aside:
            manifest = _unpack(backup, aside)
            _try_opening(backup, aside / "home", manifest)
            replaced = home / f"{REPLACED}{new_run_id()}" if state else None
            _swap(home, aside, state, replaced)
    if manifest["published"]:
        point_to(home, home / FOLDER / manifest["published"])
    return Restored(len(manifest["files"]), manifest["published"], manifest["made_at"], replaced)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(backup: Path, folder: Path) -> dict[str, Any]:
    """Unpacks regular files only, each where its name says within the folder; returns the manifest once all hashes are right."""
    found: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(backup, mode="r:") as archive:
            for entry in archive:
                _refuse_strange(backup, entry)
                content = archive.extractfile(entry)
                assert content is not None, "a regular file has content"
                if entry.name == MANIFEST:
                    manifest = json.load(content)
                    continue
                target = folder / entry.name
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                digest = sha256()
                with target.open("xb") as file:
                    while chunk := content.read(CHUNK):
                        file.write(chunk)
                        digest.update(chunk)
                found[entry.name] = digest.hexdigest()
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise BackupUnusable(f"{backup} is damaged or no backup: take another one.") from error
    except FileNotFoundError:
        raise BackupUnusable(f"{backup}: there is no such file.") from None
    return _checked(backup, manifest, found)


def _refuse_strange(backup: Path, entry: tarfile.TarInfo) -> None:
    path = PurePosixPath(entry.name)
    inside = entry.name == MANIFEST or (path.parts[0] in ("home", "config") and len(path.parts) > 1)
    if not entry.isreg() or path.is_absolute() or ".." in path.parts or not inside:
        raise BackupUnusable(
            f"{backup} holds something that no backup of ours holds: it was changed since it was made, or is another archive."
        )


def _checked(backup: Path, manifest: dict[str, Any] | None, found: dict[str, str]) -> dict[str, Any]:
    if manifest is None or "files" not in manifest:
        raise BackupUnusable(f"{backup} is cut short or no backup: it has no manifest. Take another one.")
    if manifest["format"] != FORMAT:
        raise BackupUnusable(
            f"{backup} has format {manifest['format']}, and this Forewarn reads {FORMAT}: restore it with the one that made it."
        )
    told = {name: file["sha256"] for name, file in manifest["files"].items()}
    wrong = sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name))
    if wrong:
        raise BackupUnusable(f"{backup} is not as it was made: {len(wrong)} files are missing or changed ({wrong[0]}). Take another one.")
    return manifest


def _try_opening(backup: Path, home: Path, manifest: dict[str, Any]) -> None:
    refuse_newer(backup, manifest["schema_version"], newest_version())
    published = manifest["published"]
    if published is not None and f"home/{FOLDER}/{published}" not in manifest["files"]:
        raise BackupUnusable(f"{backup} does not hold the database that it says was published. Take another one.")
    for file in [home / FILE, *([home / FOLDER / published] if published else [])]:
        try:
            duckdb.connect(str(file), read_only=True, config=LOCKED).close()
        except duckdb.Error as error:
            raise BackupUnusable(f"{backup}: {file.name} in it cannot be opened ({type(error).__name__}). Take another one.") from error


def _swap(home: Path, aside: Path, state: list[Path], replaced: Path | None) -> None:
    if replaced is not None:
        replaced.mkdir(mode=0o700)
        for path in state:
            path.rename(replaced / path.name)
    for path in sorted((aside / "home").iterdir(), key=lambda path: path.name != FOLDER):
        path.rename(home / path.name)
    config = aside / "config"
    if config.exists():
        shutil.rmtree(home / "restored_config", ignore_errors=True)
        config.rename(home / "restored_config")
    assert not (home / PUBLISHED).exists(), "the published name is pointed anew"
