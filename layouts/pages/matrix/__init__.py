"""指标矩阵: every unit on every item; with a district chosen, every section on every indicator."""
