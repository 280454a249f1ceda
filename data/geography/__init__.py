"""Boundary files as received, and the tool that makes the static maps from them."""
