"""Verdicts, findings and reports as text, JSON, HTML, Markdown, SARIF and more; nothing is printed here."""
