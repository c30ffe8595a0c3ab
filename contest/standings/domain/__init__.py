"""The rules of ranking as pure functions: which attempt counts, who stands before whom, prizes and units."""
