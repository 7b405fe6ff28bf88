"""Taking files in, beside DuckDB reading the same bytes."""
