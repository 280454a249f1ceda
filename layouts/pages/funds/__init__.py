"""经费与激励: payments against progress."""
