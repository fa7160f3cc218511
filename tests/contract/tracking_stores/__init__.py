"""What the stores of tracking keep: the fakes, and DynamoDB on each engine that can be had."""
