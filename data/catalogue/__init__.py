"""The dated tables of indicators, limits, districts and words that officials may change."""
