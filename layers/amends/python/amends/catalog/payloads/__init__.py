"""Payloads: the larger documents of channels, read apart from the exchanges that fetch them."""
