"""Reports come in."""
