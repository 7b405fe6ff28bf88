"""What may be said of a failure: our own errors say what to mend and hold no personal data; of any other, only its kind and place is told.

A database's or a library's message can quote the value that it stumbled over, which may be somebody's name.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from flows.causes import cause_of

ROOMS = frozenset({"warehouse", "features", "models", "alerts", "flows", "synth"})
OF_THE_MACHINE = ("IOException",)  # duckdb's: files, never values


class StageFailed(Exception):
    """A stage did not end well; `may_pass` when a further try can help (a busy disk, a full one since cleared)."""

    may_pass = False
    stage = ""


def stage_failed(stage: str, error: BaseException, log: Path) -> StageFailed:
    """The failure of a stage as it may be told. It is made of text alone, because Prefect keeps exceptions on disk."""
    failure = StageFailed(f"{stage} failed: {tell(error)} (log: {log})")
    cause = cause_of(error)
    failure.may_pass, failure.stage = of_the_machine(error) if cause is None else cause.may_pass, stage
    return failure


def stage_too_slow(stage: str, minutes: int, log: Path) -> StageFailed:
    """The failure of a stage that was stopped after its time."""
    failure = StageFailed(
        f"{stage} was stopped after the {minutes} minutes that it may take: see what else the machine does, or raise FOREWARN_STAGE_MINUTES (log: {log})"
    )
    failure.stage = stage
    return failure


def of_the_machine(error: BaseException) -> bool:
    """Whether the cause is a disk or a file rather than the data or the code."""
    return isinstance(error, OSError) or type(error).__name__ in OF_THE_MACHINE


def tell(error: BaseException) -> str:
    """One line that is safe to show, log and store."""
    if type(error).__module__.split(".")[0] in ROOMS:
        return str(error) or type(error).__name__
    if (cause := cause_of(error)) is not None:
        return cause.said
    if of_the_machine(error):
        return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return f"unexpected {type(error).__name__} at {list(places(error))[-1]}"


def is_panic(error: BaseException) -> bool:
    """Whether a library written in Rust has given up, which is no Exception, and whose text may quote a value."""
    return type(error).__name__ == "PanicException"


def places(error: BaseException) -> Iterator[str]:
    """Where an error passed, outermost first, as file:line in function; no source text and no values."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        yield "an unknown place"
    for frame in frames:
        path = Path(frame.filename)
        yield f"{'/'.join(path.parts[-2:])}:{frame.lineno} in {frame.name}"


def trace(error: BaseException) -> str:
    """The whole chain of causes, for a log: kinds and places."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    earlier = [trace(cause), "which led to"] if cause else []
    return "\n".join([*earlier, f"{type(error).__module__}.{type(error).__name__}", *(f"  {place}" for place in places(error))])
