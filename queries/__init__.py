"""What we ask: typed questions to a published snapshot, and the rules that made it."""
