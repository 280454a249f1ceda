"""我的待办: what one account must do next."""
