"""A review as something others can read: Markdown, tables."""
