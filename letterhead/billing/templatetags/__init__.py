"""Filters of the pages of visits and bills."""
