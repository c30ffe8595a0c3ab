"""Standings: who stands where by the rules in force at closing, which key decided it, who gets which prize."""
