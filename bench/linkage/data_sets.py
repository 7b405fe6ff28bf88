"""The data sets: where their files lie under the shared folder, and which of their columns is which of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

FOLDER = Path("data") / "linkage"
FEBRL = MappingProxyType({
    "record_id": "rec_id",
    "forenames": "given_name",
    "surname": "surname",
    "date_of_birth": "try_strptime(date_of_birth, '%Y%m%d')",
    "address_line": "concat_ws(' ', street_number, address_1)",
    "town": "suburb",
    "postcode": "postcode",
})  # fmt: skip


@dataclass(frozen=True)
class DataSet:
    """A data set's files, our columns as expressions over theirs, the column that says who a record truly is, and the bar to reach."""

    name: str
    files: tuple[str, ...]
    columns: Mapping[str, str]
    true_person: str
    measure: str
    bar: float

    def rows(self, shared: Path) -> str:
        """A query for the rows as they are, all columns as text, blanks as missing."""
        paths = [str(shared / FOLDER / file) for file in self.files]
        if paths[0].endswith(".parquet"):
            return f"select columns(*)::varchar from read_parquet({paths})"
        return f"select nullif(trim(columns(*)), '') from read_csv({paths}, all_varchar = true, header = true)"

    def records(self, shared: Path) -> str:
        """A query for the rows in our shape."""
        return f"select {', '.join(f'{theirs} as {ours}' for ours, theirs in self.columns.items())} from ({self.rows(shared)})"

    def truth(self, shared: Path) -> str:
        """A query for record_id, true_person."""
        return f"select {self.columns['record_id']} as record_id, {self.true_person} as true_person from ({self.rows(shared)})"


DATA_SETS = (
    DataSet(
        "historical_50k",
        ("historical_50k.parquet",),
        MappingProxyType({
            "record_id": "unique_id",
            "forenames": "first_name",
            "surname": "surname",
            "date_of_birth": "dob",
            "sex": "upper(gender[1])",
            "postcode": "postcode_fake",
            "birth_place": "birth_place",
            "occupation": "occupation",
        }),
        "cluster",
        "bcubed_f1",
        0.90,
    ),
    DataSet("febrl3", ("febrl3.csv",), FEBRL, "true_id", "pair_f1", 0.997),
    DataSet("febrl4", ("febrl4a.csv", "febrl4b.csv"), FEBRL, "true_id", "pair_f1", 0.998),
)  # fmt: skip
