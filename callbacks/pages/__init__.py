"""Each page's question: which rows it gathers, and the panels they become."""
