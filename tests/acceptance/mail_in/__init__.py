"""Whatever is written to us is heard once: a report opens a case, an answer joins its own."""
