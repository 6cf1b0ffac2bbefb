import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User

MARIA = User(first_name="Maria", last_name="Müller-Lüdenscheidt", email="maria.mueller@acme-corp.com")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "password_too_short"),
        ("passwordpassword", "password_repeats"),
        ("aaaaaaaaaaaa", "password_repeats"),
        ("abcabcabcabc", "password_repeats"),
        ("qwertyuiop123", "password_personal"),
        ("asdfghjklqwert", "password_personal"),
        ("123456789012", "password_personal"),
        ("210987654321", "password_personal"),
        ("iloveyou1234", "password_common_word"),
        ("sunshine2024!", "password_common_word"),
        ("Maria19840412", "password_personal"),
        ("lüdenscheidt!!", "password_personal"),
        ("acme-corp 2026!", "password_personal"),
        ("Helpdesk 2026!!", "password_personal"),
        ("P@ssw0rdP@ssw0rd!", "password_personal"),
        ("1q2w3e4r5t6y", "password_too_common"),
        ("x" * 1025, "password_too_long"),
    ],
)
def test_what_anybody_would_try_is_refused_with_the_reason(password, code):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, MARIA)

    assert code in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "quiet river under stones",
        "xk2-quarrel-oboe",
        "Maria likes obscure oboes",
        "Пять тихих рек весной",
        "Anna 8273 4629 1182",
        "oboe " * 20 + "quarrel",
    ],
)
def test_what_is_hard_to_guess_is_accepted_without_rules_of_composition(password):
    validate_password(password, MARIA)
