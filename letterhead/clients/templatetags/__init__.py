"""Template filters for the pages of clients."""
