"""`python -m bench.linkage --shared DIR`: each data set linked by our own code and by plain Splink, each in a process of its own, side by side."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.linkage.data_sets import DATA_SETS
from bench.linkage.million import RECORDS, million_records
from bench.linkage.runs import Run, apart, ours, plain

HEADER = "data set        by      pair precision recall F1     B-cubed precision recall F1    bar    seconds    CPU  peak GiB"


def main() -> None:
    """Print a line for each data set and linkage."""
    parser = argparse.ArgumentParser(prog="python -m bench.linkage", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with data/linkage in it")
    parser.add_argument("--only", default="historical_50k,febrl3,febrl4,million", help="which data sets, by comma")
    parser.add_argument("--records", type=int, default=RECORDS, help="how many records the million is")
    options = parser.parse_args()
    wanted = options.only.split(",")
    print(HEADER)
    with TemporaryDirectory() as folder:
        for data in DATA_SETS:
            if data.name in wanted:
                truth = data.truth(options.shared)
                _show(data.name, "Splink", apart(plain, data.name, data.rows(options.shared), truth), "")
                _show(data.name, "own", apart(ours, data.records(options.shared), truth), f"{data.bar:.3f}")
        if "million" in wanted:
            file = Path(folder) / "million.parquet"
            million_records(count=options.records).write_parquet(file)
            rows, truth = f"from '{file}'", f"select record_id, true_person from '{file}'"
            _show("million", "Splink", apart(plain, "million", rows, truth), "")
            _show("million", "own", apart(ours, rows, truth), "3.5 GB")


def _show(name: str, by: str, run: Run, bar: str) -> None:
    q = run.quality
    print(
        f"{name:15} {by:7} {q.pair_precision:14.4f} {q.pair_recall:.4f} {q.pair_f1:.4f} {q.bcubed_precision:17.4f} {q.bcubed_recall:.4f} {q.bcubed_f1:.4f}"
        f" {bar:>6} {run.seconds:8.0f} {run.cpu_seconds:8.1f} {run.peak_gib:8.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
