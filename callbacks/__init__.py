"""What happens: the URL changes the page, and clicks change the URL."""
