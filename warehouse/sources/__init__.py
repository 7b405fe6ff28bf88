"""From any file in the landing folder to accepted and rejected rows."""
