"""What is owed: facts in, worked assessment out."""
