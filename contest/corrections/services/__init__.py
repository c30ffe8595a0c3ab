"""Writing corrections: prepared, counted, put before a second person, applied."""
