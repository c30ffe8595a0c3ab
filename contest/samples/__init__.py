"""What a first start shows: sample contests, and an account for each role. Only for this machine's own eyes."""
