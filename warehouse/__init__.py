"""What we were told, and who it was about: ingest, the time gate, people, events between pairs, publishing."""
