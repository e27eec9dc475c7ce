"""URLs of PostgreSQL databases: whether one can be meant, and how it is shown without its password."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.errors import ConfigurationError

_SCHEMES = ("postgresql", "postgres")
_HIDDEN = "***"
_SHOWN_OPTIONS = ("host", "hostaddr", "port", "service", "sslmode")
"""Others may be a password, or a slip of one."""


def checked_url(value: str, name: str) -> str:
    """The URL without blanks around it, its scheme as `postgresql`.

    What is refused here is what a client would misread, and could then quote parts of the password in its
    message. No message shows the value.

    Raises:
        ConfigurationError: it is none; the message calls the setting or argument by `name`.
    """
    url = value.strip()
    try:
        parts = urlsplit(url)
        understood = (
            parts.scheme in _SCHEMES
            and (parts.port is None or parts.port > 0)
            and parts.netloc.count("@") <= 1
            and not parts.fragment
            and "@" not in parts.path + parts.query
            and re.fullmatch(r"/[^/\s]+", parts.path) is not None
        )
    except ValueError:
        understood = False
    if not understood:
        raise ConfigurationError(
            f"{name} is no URL of a PostgreSQL database; write postgresql://user:password@host/database, "
            "with all but letters, digits and -._~ percent-encoded in user and password."
        )
    return _SCHEMES[0] + url[len(parts.scheme) :]


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    if ":" in user:
        user = f"{user.partition(':')[0]}:{_HIDDEN}"
    shown = urlencode([pair for pair in parse_qsl(parts.query) if pair[0] in _SHOWN_OPTIONS], safe="/")
    return f"{parts.scheme}://{user}{at}{host}{parts.path}{'?' if shown else ''}{shown}"
