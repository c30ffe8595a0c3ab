"""Judging: cases scored blind from a queue, and the panel rule that settles the official score."""
