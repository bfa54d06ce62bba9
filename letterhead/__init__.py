"""Letterhead: your details, entered once, right everywhere."""
