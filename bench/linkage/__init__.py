"""The project's own linkage on public data sets and on a million records, beside Splink with its own documented settings."""
