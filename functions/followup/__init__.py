"""People are told, and asked how it was."""
