"""线索核查: patterns in the returns that a supervisor may want to look at; never a verdict."""
