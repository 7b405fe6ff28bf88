"""The linkage and the feature stage on one machine beside Spark on the same machine: time, memory, and whether the rows are the same."""
