"""The case of these stories, and where finance looks after its money."""

from datetime import timedelta

CASE = "case_1"
DAY = timedelta(days=1)
MONEY = "/v1/staff/money"
