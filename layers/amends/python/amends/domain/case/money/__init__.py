"""A case's money: paid out, booked, claimed back."""
