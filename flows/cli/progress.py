"""What is seen while a run works: a line for each stage done, and a moving bar on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from flows.run import Run
from flows.stage import Done, Stage, carry_out


def run_stages(stages: tuple[Stage, ...], run: Run, console: Console) -> list[Done]:
    """Carries out the stages in order, telling the console of each."""
    done = []
    width = max(len(stage.name) for stage in stages)
    with _display(console) as display:
        for stage in stages:
            with _showing(display, stage, run):
                done.append(carry_out(stage, run))
            console.print(
                f"[green]done[/]  {stage.name:<{width}}  {counted(done[-1].counts)}  [dim]{done[-1].seconds:.1f} s[/]", highlight=False
            )
    return done


def counted(counts: dict[str, int]) -> str:
    """Counts as a phrase: `files new 5, rows read 1,204`."""
    return ", ".join(f"{what} {n:,}" for what, n in counts.items())


def _display(console: Console) -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("[dim]{task.fields[detail]}"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def _showing(display: Progress, stage: Stage, run: Run) -> Iterator[None]:
    task = display.add_task(stage.name, total=None, detail=stage.sentence)

    def tell(what: str, n: int, total: int) -> None:
        display.update(task, completed=n, total=total, detail=what)

    run.progress = tell
    try:
        yield
    finally:
        display.remove_task(task)
