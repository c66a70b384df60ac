"""Loading: from files to clean text with an offset map back to the file."""
