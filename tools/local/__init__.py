"""The local stack: an emulated cloud on this machine, deployed to with the real tools."""
