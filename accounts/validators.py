"""What a person's name may hold."""

from helpdesk.text.one_line import validate_one_line, validate_visible


def validate_name(text: str) -> None:
    """Refuse what is no line of its own where a name is printed, and a name nobody can see."""
    validate_one_line(text)
    validate_visible(text)
