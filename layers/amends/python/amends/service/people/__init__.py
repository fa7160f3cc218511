"""People: who is told what, in which words, by which way."""
