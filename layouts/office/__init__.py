"""Pages of offices: returns, accounts, audit; plain documents with forms."""
