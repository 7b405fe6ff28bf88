"""Settings of all tests: generated examples are judged by what comes out, never by how long a busy machine took, and lists are made without PDF."""

import os

from hypothesis import settings

os.environ.setdefault("FOREWARN_FORMATS", "html,xlsx")  # a PDF takes seconds; tests/alerts/test_pdf.py looks at one

settings.register_profile("forewarn", deadline=None)
settings.load_profile("forewarn")
