"""One module per page: rows in, panels out."""
