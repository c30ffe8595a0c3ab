"""Writing contests: one module per subject."""
