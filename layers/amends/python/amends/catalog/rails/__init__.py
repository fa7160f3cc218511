"""Payment rails, one file each."""
