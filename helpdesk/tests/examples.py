"""How many examples a property-based test tries whose examples cost more than most: each asks a database."""

import os

USUALLY = 150


def examples(usual: int) -> int:
    """Answer `usual`, and of a longer look as many times more as HELPDESK_TEST_EXAMPLES is more than USUALLY."""
    return usual * max(1, int(os.environ.get("HELPDESK_TEST_EXAMPLES") or USUALLY) // USUALLY)
