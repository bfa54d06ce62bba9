"""The `letterhead` command: parses, calls, prints."""
