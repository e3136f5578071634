import pytest

from personal import without


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to ada@example.com.", "write to <EMAIL_ADDRESS>."),
        ("ping 192.0.2.7 now", "ping <IP_ADDRESS> now"),
        ("ping 2001:db8::1 now", "ping <IP_ADDRESS> now"),
        ("version 999.1.2.3", "version 999.1.2.3"),
        ("at 10:30:15, std::vec", "at 10:30:15, std::vec"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_what_is_left(text, left):
    assert without(text) == left
