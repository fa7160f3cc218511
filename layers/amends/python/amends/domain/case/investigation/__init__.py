"""Finding out: levels, tasks, custody, inquiries, and who answers for it."""
