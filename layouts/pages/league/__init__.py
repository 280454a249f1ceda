"""区县对比: three lists in one grid, never a score."""
