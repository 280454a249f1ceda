"""学校: why one school complies or not, down to the cells of its return."""
