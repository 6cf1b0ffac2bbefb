"""How long tests look that find more the longer they look; `make soak` sets HELPDESK_TEST_EXAMPLES."""

import os

USUALLY = 150


def examples(usual: int) -> int:
    """Answer how many examples a property-based test tries whose examples cost more than most: each asks a database.

    usual: how many it tries after each change; in a longer look as many times more as HELPDESK_TEST_EXAMPLES is more
    than USUALLY.
    """
    return usual * max(1, int(os.environ.get("HELPDESK_TEST_EXAMPLES") or USUALLY) // USUALLY)


def is_longer_look() -> bool:
    """Tell whether there is time for what is left out when tests are run after each change."""
    return "HELPDESK_TEST_EXAMPLES" in os.environ
