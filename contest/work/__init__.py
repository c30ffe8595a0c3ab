"""Long work: a row that any worker may take, with progress that people can see."""
