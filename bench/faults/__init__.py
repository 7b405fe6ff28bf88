"""Faults put into nightly runs, and mutated files put before them: what survives, and whether the next night ends as if nothing had happened."""
