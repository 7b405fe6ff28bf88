"""The warning measured offline on several counties: one experiment in a minute or two, not a replay."""
