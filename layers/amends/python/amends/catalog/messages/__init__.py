"""Messages to people, one file each."""
