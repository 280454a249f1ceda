"""政策与研究: documents by module."""
