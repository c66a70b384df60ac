"""Metrics against gold labels, and the data set formats they come in."""
