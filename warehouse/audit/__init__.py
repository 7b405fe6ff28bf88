"""Who collected, changed, looked at, passed on, combined or erased what: the log that the Data Protection Act 2018 s.62 asks for."""
