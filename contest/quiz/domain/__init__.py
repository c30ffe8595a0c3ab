"""The rules of a quiz as pure functions: how often, how long, which answer counts, what it earns."""
