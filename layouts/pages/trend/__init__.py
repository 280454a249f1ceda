"""趋势: one measure of every unit over the years, and what a change is made of."""
