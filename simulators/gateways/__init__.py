"""Payment gateways over loopback: real signatures, their own idempotency, faults on demand."""
