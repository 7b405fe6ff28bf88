"""Who is who: records of all sources resolved to persons, and persons named in report texts."""
