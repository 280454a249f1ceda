"""When all counted items of a unit hold at once: three models, simulated jointly, weighted.

The method, what was measured and what it cannot know: docs/decisions/0011-forecast.md.
"""
