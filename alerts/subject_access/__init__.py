"""Everything held on one person and what was made of it, laid out for that person."""
