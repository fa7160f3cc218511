"""Money: payouts, their limits, the books, what is claimed back."""
