"""Carriers and gateways over loopback: real protocols, with faults on demand; never deployed."""
