"""Search: the box that `/` opens, and what it finds."""
