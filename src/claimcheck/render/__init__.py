"""Verdicts as text, JSON and JSON Lines: everything here turns records into strings and prints nothing."""
