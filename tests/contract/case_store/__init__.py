"""What every case store keeps: the fake, and DynamoDB on each engine that can be had."""
