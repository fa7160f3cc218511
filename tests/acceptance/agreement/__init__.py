"""From a loss that is confirmed to terms that both sides agree to, over the real routers."""
