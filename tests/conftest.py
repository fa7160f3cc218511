"""Fixtures that every folder of tests may ask for, and how hypothesis searches in the gate."""

from hypothesis import HealthCheck, settings

from tools.local.places import keep_to_ourselves

keep_to_ourselves()

pytest_plugins = [
    "tests.support.garbage",
    "tests.support.stack",
    "tests.support.requirements",
    "tests.support.shares",
    "tests.support.quick_answers",
]

# A busy machine is no fault of the code, and the gate finds the same at every run.
settings.register_profile(
    "gate", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("gate")
