"""Writes of entries."""
