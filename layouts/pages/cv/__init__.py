"""差异系数: which schools pull one CV apart."""
