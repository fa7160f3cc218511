"""Intake: reports, mail and files come in."""
