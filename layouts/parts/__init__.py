"""Small pieces shared by pages."""
