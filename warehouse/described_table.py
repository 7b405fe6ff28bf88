"""How a published table is described: what a row is, and what its own columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """A published table: what a row is, and what its own columns mean."""

    meaning: str
    columns: Mapping[str, str] = field(default_factory=dict)
