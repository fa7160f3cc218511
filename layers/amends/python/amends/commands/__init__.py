"""What `amends …` does: one module per command, each a plain function returning a document."""
