"""Papers: what is put together for print."""
