"""How many examples a property is tried with."""

from hypothesis import settings


def examples(number: int) -> int:
    """The property's own number, no more than a profile for quick answers has (tests/conftest.py)."""
    if settings.get_current_profile_name() == "dev":
        return min(number, settings().max_examples)
    return number
