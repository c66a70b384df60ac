"""The sentence-pair model behind a small protocol."""
