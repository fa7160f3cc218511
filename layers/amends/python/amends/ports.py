"""Ports: what the services ask of the outside world, as Protocols in one place."""
