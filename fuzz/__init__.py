"""Fuzzing: hostile input for everything that claimcheck reads, guided by the branches that it takes."""
