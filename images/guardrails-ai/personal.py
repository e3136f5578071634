"""Finds addresses of people and machines in a text."""

import ipaddress
import re

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}(?![\w-])")
# What may be an address of a machine; `ipaddress` decides.
MACHINE = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![\w:])")


def without(text):
    """The text with `<EMAIL_ADDRESS>` and `<IP_ADDRESS>` in place of what was found."""

    def machine(found):
        try:
            address = ipaddress.ip_address(found.group())
        except ValueError:
            return found.group()
        # `::` alone is a word of many programming languages.
        return found.group() if address.is_unspecified else "<IP_ADDRESS>"

    return MACHINE.sub(machine, EMAIL.sub("<EMAIL_ADDRESS>", text))
