"""Prefect flows, the command line and settings: the only room that knows Prefect and the clock."""
