"""The store: documents, sentences, mentions, entities and statements, and the search for candidates."""
