"""What leaves the screen: the tables of a page as files, read from the trees that are drawn."""
