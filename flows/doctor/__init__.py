"""forewarn doctor: what is well with an installation, what is not, and how to mend it."""
