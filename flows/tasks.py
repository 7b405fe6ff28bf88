"""Stages as Prefect tasks: one call each, stopped after their time, retried when a further try can help, with nothing kept but states and counts."""

from __future__ import annotations

from time import monotonic
from typing import Any

from prefect import task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows.failure import StageFailed, stage_too_slow
from flows.run import Run
from flows.runlog import log_file
from flows.stage import Done, Stage, carry_out

RETRY_DELAYS = (10.0, 60.0, 300.0)
SECONDS_A_MINUTE = 60


def run_as_tasks(stages: tuple[Stage, ...], run: Run) -> list[Done]:
    """Carries out the stages in order as tasks of the flow run that calls; how far it is becomes a progress artifact, their counts a table,
    also when a stage fails."""
    done: list[Done] = []
    progress: Any = create_progress_artifact(0.0, key=f"{run.name}-progress", description=f"As of {run.as_of}, run {run.run_id}")
    try:
        for place, stage in enumerate(stages, 1):
            done.append(_in_time(stage, run))
            update_progress_artifact(progress, 100.0 * place / len(stages))
    finally:
        for notice in run.notices:
            get_run_logger().warning(notice)
        create_table_artifact(key=f"{run.name}-counts", table=count_table(done), description=f"As of {run.as_of}, run {run.run_id}")
    return done


def count_table(done: list[Done]) -> list[dict[str, str | float]]:
    """What an operator sees of a run: stages, what was counted, how many. Nothing else."""
    table: list[dict[str, str | float]] = []
    for one in done:
        table.extend({"stage": one.stage.name, "what": what, "count": n} for what, n in one.counts.items())
        table.append({"stage": one.stage.name, "what": "seconds", "count": one.seconds})
    return table


def _in_time(stage: Stage, run: Run) -> Done:
    """Prefect stops a stage after its time; what it, or the query that it stopped, then raises says nothing of why."""
    began, limit = monotonic(), run.settings.stage_minutes.of(stage.name) * SECONDS_A_MINUTE
    try:
        done: Done = _as_task(stage, run)()
        return done
    except (TimeoutError, StageFailed):
        if monotonic() - began < limit:
            raise
        raise stage_too_slow(stage.name, run.settings.stage_minutes.of(stage.name), log_file(run)) from None


def _as_task(stage: Stage, run: Run) -> Any:
    retries = run.settings.retries

    # The run is held by the closure: Prefect stores and hashes parameters, and there is nothing in it to store.
    @task(
        name=stage.name,
        description=stage.sentence,
        retries=retries,
        retry_delay_seconds=list(RETRY_DELAYS),
        retry_condition_fn=_can_help,
        timeout_seconds=float(run.settings.stage_minutes.of(stage.name) * SECONDS_A_MINUTE),
        persist_result=False,
        cache_policy=NO_CACHE,
    )
    def perform() -> Done:
        return carry_out(stage, run)

    return perform


def _can_help(_task: Any, _task_run: Any, state: Any) -> bool:
    failure = state.result(raise_on_failure=False)
    return isinstance(failure, StageFailed) and failure.may_pass
