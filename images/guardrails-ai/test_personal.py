import unittest

from personal import without

LEFT = {
    "write to ada@example.com.": "write to <EMAIL_ADDRESS>.",
    "ping 192.0.2.7 now": "ping <IP_ADDRESS> now",
    "ping 2001:db8::1 now": "ping <IP_ADDRESS> now",
    "version 999.1.2.3": "version 999.1.2.3",
    "at 10:30:15, std::vec": "at 10:30:15, std::vec",
    "nothing of the kind": "nothing of the kind",
    "": "",
}


class Personal(unittest.TestCase):
    def test_what_is_left(self):
        for text, left in LEFT.items():
            self.assertEqual(without(text), left)

    def test_what_was_cleaned_stays_as_it_is(self):
        for text in LEFT:
            self.assertEqual(without(without(text)), without(text))


if __name__ == "__main__":
    unittest.main()
