"""Publication: what the committee has published stands unchanged; a change is the next version."""
