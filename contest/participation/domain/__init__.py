"""Who may take part, and what a class list says."""
