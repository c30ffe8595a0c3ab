"""Wrong keys found late: propose, preview who moves, have a second person agree, apply as a set."""
