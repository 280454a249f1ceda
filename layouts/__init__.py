"""What it looks like: pure functions from typed rows to trees, figures and formatted words."""
