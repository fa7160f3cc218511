"""One module per use case; amend is the one way a case changes."""
