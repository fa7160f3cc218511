"""One file a channel: the protocol as the provider speaks it."""
