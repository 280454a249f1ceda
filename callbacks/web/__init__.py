"""The door: who comes in, limits, health, files that every browser loads."""
