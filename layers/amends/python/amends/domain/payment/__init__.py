"""Money that moves: payouts, ledger, recoveries."""
