"""Documents: what stands in a Markdown text, as values."""
