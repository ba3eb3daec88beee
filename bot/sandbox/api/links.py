"""Checks links in texts and buttons as Telegram does."""

import re

_LINK = re.compile(r"(?:(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?(?P<host>[^/?#\s]+)(?P<rest>\S*)")
_OWN_SCHEMES = ("tg", "ton", "tonsite")


class WrongLinkError(ValueError):
    """The message is Telegram's reason."""


def checked_link(link: str) -> str:
    """Return the link with a scheme, and with a slash after a bare host."""
    match = _LINK.fullmatch(link.strip())
    if match is None:
        raise WrongLinkError("Wrong HTTP URL")
    scheme, host = (match["scheme"] or "http").lower(), match["host"].lower()
    if scheme not in ("http", "https", *_OWN_SCHEMES):
        raise WrongLinkError("Unsupported URL protocol")
    if scheme not in _OWN_SCHEMES and "." not in host.strip("."):
        raise WrongLinkError("Wrong HTTP URL")
    return f"{scheme}://{host}{match['rest'] or '/'}"
