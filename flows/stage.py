"""What a stage is, and how one is carried out, whoever asks: the command line or Prefect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, process_time

from flows.failure import is_panic, stage_failed, trace
from flows.memory import peak_megabytes
from flows.run import Run
from flows.runlog import Entry, log_file, write_log

Counts = dict[str, int]


@dataclass(frozen=True)
class Stage:
    """One step of a run. `act` may return counts of its own; rows of `tables` are counted after it."""

    name: str
    sentence: str
    act: Callable[[Run], Counts]
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """What a stage did, in numbers."""

    stage: Stage
    counts: Counts
    seconds: float


def carry_out(stage: Stage, run: Run) -> Done:
    """Runs one stage. Raises StageFailed, which holds no personal data; kinds and places of all causes go to the run's log."""
    began, busy = monotonic(), process_time()
    try:
        counts = stage.act(run) | {table: _rows(run, table) for table in stage.tables}
    except BaseException as error:
        if not isinstance(error, Exception) and not is_panic(error):
            raise
        run.close()
        write_log(run, Entry(stage.name, "failed", *_cost(began, busy), trace=trace(error)))
        raise stage_failed(stage.name, error, log_file(run)) from None
    seconds, processor_seconds, peak = _cost(began, busy)
    write_log(run, Entry(stage.name, "done", seconds, processor_seconds, peak, counts))
    return Done(stage, counts, seconds)


def _cost(began: float, busy: float) -> tuple[float, float, int]:
    """What a stage cost that began then: seconds, seconds of the processor, and the most memory that the run has taken so far."""
    return round(monotonic() - began, 2), round(process_time() - busy, 2), peak_megabytes()


def numbers(outcome: object) -> Counts:
    """The whole numbers of a frozen dataclass, by the names of its fields in plain words."""
    return {name.replace("_", " "): value for name, value in vars(outcome).items() if type(value) is int}


def _rows(run: Run, table: str) -> int:
    [(rows,)] = run.warehouse().execute(f"select count(*) from {table}").fetchall()
    return int(rows)
