"""Pages of taking part, of the committee's desk and of the schools."""
