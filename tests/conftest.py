"""Settings of all tests: those of whoever runs them do not count, generated examples are judged by what comes out, never by how long a busy machine took,
and lists are made without PDF."""

import os

from hypothesis import settings

for variable in [name for name in os.environ if name.startswith(("FOREWARN_", "PREFECT_"))]:
    del os.environ[variable]
os.environ["FOREWARN_FORMATS"] = "html,xlsx"  # a PDF takes seconds; tests/alerts/test_pdf.py looks at one

settings.register_profile("forewarn", deadline=None)
settings.load_profile("forewarn")
