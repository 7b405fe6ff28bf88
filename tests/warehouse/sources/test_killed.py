"""A run that is killed in the middle leaves each file either wholly in or wholly out, and the next run ends as if nothing had happened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.warehouse.conftest import Landing
from warehouse.connection import open_warehouse

# Takes in what has come, and kills itself after it has written the second file's rows but before it has committed them.
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from warehouse.connection import open_warehouse
from warehouse.sources import delivery, loading
from warehouse.sources.mapping import Mapping

write, written = getattr(loading, sys.argv[3]), []

def write_and_die(*given):
    made = write(*given)
    written.append(made)
    if len(written) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return made

setattr(loading, sys.argv[3], write_and_die)
delivery.take_in(open_warehouse(Path(sys.argv[1])), Path(sys.argv[2]), Mapping(), datetime(2026, 3, 1))
"""

HELD = """select (select list((file, status, rows_read, rows_accepted, rows_rejected) order by file) from ops.load),
    (select list((file, line) order by file, line) from ops.reject), (select list(incident_id order by incident_id) from landing.incidents)"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("step", ["_note", "_land"])
def test_a_killed_run_leaves_whole_files_and_the_next_ends_the_same(landing: Landing, tmp_path: Path, step: str) -> None:
    for week in ("2026-01-04", "2026-01-11", "2026-01-18"):
        landing.draw(f"incidents_{week}.csv", f"incident_id | recorded_at\n{week} | 2026-01-01\nbad | yesterday")
    landing.take_in()
    undisturbed = landing.drawn(HELD)

    home = tmp_path / "killed"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(home), str(landing.folder), step], check=False)
    assert killed.returncode == -9
    again = Landing(landing.folder, open_warehouse(home))
    assert again.drawn("select file, rows_read from ops.load") == "incidents_2026-01-04.csv | 2"
    assert again.drawn("select count(*) from landing.incidents") == "1"
    assert again.take_in().files_new == 2
    assert again.drawn(HELD) == undisturbed
    again.con.close()
