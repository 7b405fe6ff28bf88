"""What is seen while a run works: a line for each stage done, and a moving bar on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Display

from flows.run import Progress, Run
from flows.stage import Done, Stage, carry_out


def run_stages(stages: tuple[Stage, ...], run: Run, console: Console) -> list[Done]:
    """Carries out the stages in order, telling the console of each."""
    done = []
    for stage in stages:
        with progress_of(stage.name, stage.sentence, console) as run.progress:
            done.append(carry_out(stage, run))
        if run.settings.log == "console":  # json goes to standard error by itself
            tell_done(stage.name, done[-1].counts, done[-1].seconds, console)
    return done


@contextmanager
def progress_of(name: str, sentence: str, console: Console) -> Iterator[Progress]:
    """A bar that moves while something is done, on a terminal alone; yields the call that moves it: what, how many, of how many."""
    columns = SpinnerColumn(), TextColumn(name), BarColumn(bar_width=24), TextColumn("[dim]{task.description}"), TimeElapsedColumn()
    with Display(*columns, console=console, transient=True, disable=not console.is_terminal) as display:
        task = display.add_task(sentence, total=None)
        yield lambda what, n, total: display.update(task, description=what, completed=n, total=total)


def tell_done(name: str, counts: dict[str, int], seconds: float, console: Console) -> None:
    """One line for what is done: its name, its counts as a phrase, its seconds."""
    phrase = ", ".join(f"{what} {n:,}" for what, n in counts.items())
    console.print(f"[green]done[/]  {name:<15}  {phrase}{', ' if phrase else ''}[dim]{seconds:.1f} s[/]", highlight=False, soft_wrap=True)
