"""What a rubric, a score sheet and a panel decide, without any framework."""
