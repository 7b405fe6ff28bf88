"""The faults: each disturbs one night at a place, says how that ended, and leaves the cause mended as an operator would."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event, Thread
from time import sleep

from bench.faults.nights import WEEKS, Ended, NightFailed, Place, Scene, end, nightly, run, size_of, start

Inject = Callable[[Scene, Place, Random], Ended]
MEGABYTE = 1024 * 1024
HOLD = "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(600)"


class CannotMount(Exception):
    """This account may not mount a file system of its own, so that this fault cannot be made here."""


def killed(scene: Scene, place: Place, rng: Random) -> Ended:
    """kill -9 at a random moment, up to a little after the end."""
    process = start(*nightly(place))
    sleep(rng.uniform(0.0, 1.05) * scene.seconds)
    os.kill(process.pid, signal.SIGKILL)  # also when it has ended just now: nobody has asked for its status yet
    return end(process)


def disk_full(scene: Scene, place: Place, rng: Random) -> Ended:
    """A disk of its own, with room for what is there and a random part of what a night writes."""
    with disk(place, size_of(place.home) + rng.randrange(64 * 1024, scene.written // 3)) as small:
        return run(*nightly(small))


def read_only(_: Scene, place: Place, __: Random) -> Ended:
    """A disk that has gone read-only."""
    with disk(place, size_of(place.home) + 64 * MEGABYTE) as still:
        _mount("-o", "remount,ro", still.home)
        try:
            return run(*nightly(still))
        finally:
            _mount("-o", "remount,rw", still.home)


def file_too_large(_: Scene, place: Place, rng: Random) -> Ended:
    """No file may grow beyond a random size, which is how a quota or a full disk looks where none can be mounted."""
    size = rng.randrange(1 * MEGABYTE, size_of(place.home / "warehouse.duckdb") + 1 * MEGABYTE)
    return run(*nightly(place), limit=_limit(resource.RLIMIT_FSIZE, size))


def warehouse_locked(_: Scene, place: Place, __: Random) -> Ended:
    """Another program has the warehouse open for writing."""
    with subprocess.Popen([sys.executable, "-c", HOLD, place.home / "warehouse.duckdb"], stdout=subprocess.PIPE) as holder:  # noqa: S603
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            return run(*nightly(place))
        finally:
            holder.kill()


def extract_truncated(scene: Scene, place: Place, rng: Random) -> Ended:
    """An extract of this night of which only a part has come; afterwards the whole."""
    file = _newest(place, rng)
    whole = file.read_bytes()
    file.write_bytes(whole[: rng.randrange(len(whole))])
    try:
        return replace(run(*nightly(place)), file=file.name)
    finally:
        file.write_bytes(whole)


def extract_growing(scene: Scene, place: Place, rng: Random) -> Ended:
    """An extract of this night that is still being written while it is read; afterwards it is whole."""
    file = _newest(place, rng)
    whole = file.read_bytes()
    file.write_bytes(b"")
    stop = Event()
    writer = Thread(target=_write_slowly, args=(file, whole, scene.seconds / 2, stop))
    writer.start()
    try:
        return replace(run(*nightly(place)), file=file.name)
    finally:
        stop.set()
        writer.join()
        file.write_bytes(whole)


def warehouse_damaged(scene: Scene, place: Place, rng: Random) -> Ended:
    """Bytes of the warehouse overwritten, or its end lost; where the night said so, the backup is put in place."""
    _damage(place.home / "warehouse.duckdb", rng)
    ended = run(*nightly(place))
    if ended.status:
        restore(scene, place)
    return ended


def restore(scene: Scene, place: Place) -> None:
    """The backup in place of what is damaged. Raises NightFailed."""
    restored = run("restore", scene.backup, "--home", place.home, "--replace")
    if restored.status:
        raise NightFailed(f"the backup was refused: {restored.said}")


def published_damaged(_: Scene, place: Place, rng: Random) -> Ended:
    """Bytes of what is published overwritten, or its end lost; the next night puts a whole one in its place."""
    _damage((place.home / "forewarn.duckdb").resolve(), rng)
    return run(*nightly(place))


def engine_memory(_: Scene, place: Place, rng: Random) -> Ended:
    """A memory limit in the settings that is far too small."""
    return run(*nightly(place), settings={"FOREWARN_MEMORY_LIMIT": f"{rng.randrange(1, 60)}MB"})


def process_memory(_: Scene, place: Place, rng: Random) -> Ended:
    """The system gives the process no more memory from some point on."""
    return run(*nightly(place), limit=_limit(resource.RLIMIT_AS, rng.randrange(2900, 3600) * MEGABYTE))


INJECTIONS: dict[str, Inject] = {
    "kill -9": killed,
    "disk full": disk_full,
    "file size limited": file_too_large,
    "disk read-only": read_only,
    "warehouse held by another": warehouse_locked,
    "extract truncated": extract_truncated,
    "extract still growing": extract_growing,
    "warehouse damaged": warehouse_damaged,
    "published file damaged": published_damaged,
    "memory limit of the engine": engine_memory,
    "memory limit of the process": process_memory,
}
IN_PART = frozenset({"extract truncated", "extract still growing"})
"""Here a night may have published what a part of an extract says."""


@contextmanager
def disk(place: Place, size: int) -> Iterator[Place]:
    """The place with its HOME on a file system of its own of this size; afterwards HOME is as that left it. Raises CannotMount."""
    small = place.home.with_name("disk")
    small.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", small)
    try:
        shutil.copytree(place.home, small, symlinks=True, dirs_exist_ok=True)
        yield Place(small, place.landing, place.as_of)
        shutil.rmtree(place.home)
        shutil.copytree(small, place.home, symlinks=True)
    finally:
        subprocess.run(["umount", small], check=True)  # noqa: S603, S607
        small.rmdir()


def _mount(*words: object) -> None:
    try:
        subprocess.run(["mount", *map(str, words)], check=True, capture_output=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotMount(os.strerror(errno.EPERM)) from error


def _limit(which: int, size: int) -> Callable[[], None]:
    def limit() -> None:
        if which == resource.RLIMIT_FSIZE:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(which, (size, size))

    return limit


def _newest(place: Place, rng: Random) -> Path:
    """One of the files of the second night that hold rows."""
    since = place.as_of - timedelta(weeks=WEEKS)
    files = [file for file in sorted(place.landing.glob("*.csv")) if file.stem[-10:] > since.isoformat()]
    return rng.choice([file for file in files if file.read_bytes().count(b"\n") > 2])


def _write_slowly(file: Path, content: bytes, seconds: float, stop: Event, parts: int = 40) -> None:
    with file.open("ab", buffering=0) as growing:
        for at in range(parts):
            growing.write(content[len(content) * at // parts : len(content) * (at + 1) // parts])
            if stop.wait(seconds / parts):
                return


def _damage(file: Path, rng: Random) -> None:
    """One of: the head overwritten, a random stretch overwritten, the end lost."""
    size = file.stat().st_size
    at, length = rng.choice([(0, 4096), (rng.randrange(size), rng.randrange(1, 200_000)), (rng.randrange(size), 0)])
    with file.open("r+b") as content:
        if length == 0:
            content.truncate(at)
        else:
            content.seek(at)
            content.write(rng.randbytes(min(length, size - at)))
