"""No list from a model whose validation has expired: what the published database says of the models that made it."""

from datetime import date

import duckdb


class ValidationExpiredError(Exception):
    """The validation of a model in use has expired: no list rather than one that nobody has checked."""


_MODELS = "select lane, model_id, valid_until, expired_because from analyst.models order by lane"


def check_validation(con: duckdb.DuckDBPyConnection, day: date) -> None:
    """Raises ValidationExpiredError when a lane's model may make no list for `day`, with why, and what to do."""
    for lane, model, until, because in con.execute(_MODELS).fetchall() if _has_models(con) else ():
        why = because or (f"its validation ended on {until}" if day > until else None)
        if why:
            raise ValidationExpiredError(
                f"no list was written: in lane {lane}, the validation of the model in use ({model}) has expired: {why}. "
                "Run `forewarn train` and then `forewarn nightly`; where a person chose the model, read the new card (`forewarn models list`) and "
                "promote it, or release the choice (`forewarn models release`)"
            )


def _has_models(con: duckdb.DuckDBPyConnection) -> bool:
    """A file published by an earlier version has no such table."""
    return bool(con.execute("select 1 from duckdb_tables() where schema_name = 'analyst' and table_name = 'models'").fetchall())
