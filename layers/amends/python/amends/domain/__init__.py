"""What is true whatever the technology: standard library only."""
