"""forewarn backup: all of HOME that cannot be made again, in one archive with a manifest of hashes, while analysts read on.

It holds the lock of runs while it copies, so that no file is caught half-written, and waits for a run that is at work.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import duckdb

from flows.clock import new_run_id, now_in_london
from flows.databases import refuse_without_warehouse
from flows.home import prepare_home
from flows.lock import only_run
from flows.settings import SHIPPED, Settings
from warehouse.connection import FILE, open_warehouse
from warehouse.generations import PUBLISHED, published_file
from warehouse.upgrading import COPIES, newest_version

FORMAT = 1
MANIFEST = "manifest.json"
WAIT_SECONDS = 4 * 3600
LEFT_OUT = {"run.lock", "weekly.lock", "spill", "prefect", "demo", "restored_config", COPIES, PUBLISHED, f"{FILE}.wal"}
"""What a restored home does not need, or makes anew. `prefect` is the schedule's own database, which `prefect deploy` fills again."""
REPLACED = "replaced-"
CONFIGURATION = (*SHIPPED, "severity_weights")


class BackupMisplaced(Exception):
    """A backup cannot be written to the place that was named."""


def back_up(settings: Settings, place: Path, wait_seconds: float = WAIT_SECONDS) -> Path:
    """Writes the archive, readable by its owner alone, to a file or into a folder; returns its path. Raises NoWarehouse, BackupMisplaced, RunInProgress."""
    refuse_without_warehouse(settings.home)
    home, now = prepare_home(settings.home), now_in_london()
    target = _target(home, place)
    part = target.with_name(target.name + ".part")
    try:
        with ExitStack() as locks:
            for run in ("backup", "weekly"):
                locks.enter_context(only_run(home, run, now, wait_seconds))
            open_warehouse(home, settings.memory_limit).close()  # what a killed run left in the write-ahead log goes into the file
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                _write(file, home, settings, f"{now:%Y-%m-%dT%H:%M:%S}")
                file.flush()
                os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise BackupMisplaced(f"{target}: the backup could not be written ({error.strerror}). Make room, or name another place.") from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _target(home: Path, place: Path) -> Path:
    place = place.resolve()
    if place == home or home in place.parents:
        raise BackupMisplaced(f"{place} is inside {home}: a backup belongs on another disk. Name a place outside.")
    if place.is_dir():
        place = place / f"forewarn-{new_run_id()}.tar"
    if not place.parent.is_dir():
        raise BackupMisplaced(f"{place.parent} is no folder. Make it first, readable by this user alone.")
    if place.exists():
        raise BackupMisplaced(f"{place} is there already, and a backup is never written over. Name another file, or a folder.")
    return place


def _write(file: IO[bytes], home: Path, settings: Settings, made_at: str) -> None:
    current = published_file(home)
    hashes: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, path in [*_files_of(home), *_configuration(settings)]:
            hashes[name] = _add(archive, name, path)
        manifest = {
            "format": FORMAT,
            "made_at": made_at,
            "forewarn": version("forewarn"),
            "duckdb": duckdb.__version__,
            "schema_version": newest_version(),
            "published": None if current is None else current.name,
            "settings": {field.name: str(getattr(settings, field.name)) for field in fields(settings) if field.repr},
            "files": hashes,
        }
        _add_text(archive, MANIFEST, json.dumps(manifest, indent=1))


def _files_of(home: Path) -> Iterator[tuple[str, Path]]:
    """Every regular file of HOME that a backup holds, by the name it gets there."""
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        unwanted = inside.parts[0] in LEFT_OUT or inside.parts[0].startswith((".", REPLACED)) or ".building" in path.name
        if path.is_file() and not path.is_symlink() and not unwanted:
            yield f"home/{inside.as_posix()}", path


def _configuration(settings: Settings) -> Iterator[tuple[str, Path]]:
    """The files of the configuration in force: kept beside HOME, for whoever sets up the machine anew."""
    for name in CONFIGURATION:
        path = getattr(settings, name)
        if path is not None and path.is_file():
            yield f"config/{name}{path.suffix}", path


class _Hashing:
    """Hands a file's bytes on, and hashes them."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.hash.update(chunk)
        return chunk


def _add(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        entry = archive.gettarinfo(arcname=name, fileobj=file)
        entry.mode, entry.uid, entry.gid, entry.uname, entry.gname = 0o600, 0, 0, "", ""
        hashing = _Hashing(file)
        archive.addfile(entry, hashing)
        return {"bytes": entry.size, "sha256": hashing.hash.hexdigest()}


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
