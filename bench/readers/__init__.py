"""Analysts' sessions that ask without pause while databases are published under them."""
