"""Matching: slot by slot, then one evidence, then all evidence."""
