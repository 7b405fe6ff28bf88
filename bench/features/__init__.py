"""Features of pair-weeks, beside the same definitions in SQL."""
