"""The same page on the same data in the tools a user would pick instead: `make bench-peers`."""
