"""Cases move from finding to payment."""
