"""Where published snapshots lie; the pointer file names the one in force."""

POINTER = "current"
