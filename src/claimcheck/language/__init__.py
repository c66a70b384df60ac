"""Reading: from text to sentences, names, dates, quantities and statements."""
