"""过程督导: coverage by round, weak schools never visited."""
