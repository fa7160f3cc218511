"""Control of money: a second person, limits, switches, callbacks, statements, the books."""
