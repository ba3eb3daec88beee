"""The settings: environment variables (and a .env file), read once, in one place."""

import ipaddress
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

APP = "bandcoach"
SQLITE = "sqlite:///"
POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
LOOPBACK = ("127.0.0.1", "::1", "localhost")

PROXY_EXAMPLE = "an address such as http://proxy.example.org:3128; SOCKS is not supported"

HOW_TO_GET = {
    "BOT_TOKEN": "get one from @BotFather on Telegram, or try the coach without one: "
    "python -m bot demo",
    "BOT_API_URL": "an address such as https://api.telegram.org",
    "DATABASE_URL": "for example sqlite:////srv/bandcoach/coach.db or "
    "postgresql://coach@db.example.org/bandcoach",
    "CONTENT_DIR": "a folder with exercises/, routines/, locales/ or evidence.toml in it",
    "BOT_LANGUAGE": "the name of a file in locales/ without .ftl, such as en",
    "MESSAGES_PER_SECOND": "a whole number from 1 to 1000; Telegram's own limit is 30",
    "WEBHOOK_URL": "the public address that Telegram brings updates to, such as "
    "https://coach.example.org/telegram",
    "WEBHOOK_LISTEN": "an address of this machine, such as 127.0.0.1 or 0.0.0.0",
    "WEBHOOK_PORT": "a port from 1 to 65535, such as 8443",
    "WEBHOOK_SECRET": "1 to 256 of A-Z a-z 0-9 _ -, for example from: openssl rand -hex 32",
    "METRICS_PORT": "a port from 1 to 65535, such as 9090",
    "METRICS_LISTEN": "an address of this machine, such as 127.0.0.1 or 0.0.0.0",
    "INVITE_CODE": "8 to 59 letters, digits, - or _, such as python3 -c "
    "'import secrets; print(secrets.token_urlsafe(12))' makes",
    "HTTPS_PROXY": PROXY_EXAMPLE,
    "HTTP_PROXY": PROXY_EXAMPLE,
    "NO_PROXY": "hosts with commas between, such as localhost,.example.org, or * for all",
    "ADMIN_IDS": "Telegram numbers with commas between, such as 123456789,987654321; "
    "@userinfobot tells yours",
    "LOG_LEVEL": "one of DEBUG, INFO, WARNING, ERROR",
}


class SettingError(Exception):
    """A setting is missing or malformed; its text is one line that says which and what to do."""


class Settings(BaseSettings):
    """Everything a host can set; the names are those of the environment, in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True
    )

    bot_token: SecretStr | None = Field(None, description="from @BotFather")
    bot_api_url: str = Field("https://api.telegram.org", description="another Bot API server")
    database_url: str = Field(
        "", repr=False, description="SQLite file in the user's data directory"
    )
    content_dir: Path | None = Field(None, description="laid over the shipped data/")
    bot_language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = Field(
        "en", description="which of locales/ the coach speaks"
    )
    messages_per_second: Annotated[int, Field(ge=1, le=1000)] = Field(
        30, description="Telegram's overall limit for this bot"
    )
    webhook_url: str = Field("", description="public address for updates; unset: polling")
    webhook_listen: str = Field("127.0.0.1", description="where updates reach this machine")
    webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8443
    webhook_secret: SecretStr | None = Field(None, description="derived from the token")
    metrics_port: Annotated[int | None, Field(ge=1, le=65535)] = None
    metrics_listen: str = Field("127.0.0.1", description="where /healthz and /metrics are")
    invite_code: SecretStr | None = Field(None, description="only who comes by its link gets in")
    admin_ids: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="who may ask for /status, and is always let in"
    )
    https_proxy: SecretStr | None = Field(None, description="the way to an https Bot API server")
    http_proxy: SecretStr | None = Field(None, description="the way to an http Bot API server")
    no_proxy: str = Field("", description="hosts that are reached without a proxy")
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = Field(
        "INFO", description="logs go to stderr"
    )

    @field_validator("bot_token")
    @classmethod
    def looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None:
            return None
        bare = token.get_secret_value().strip()
        if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", bare):
            raise ValueError("that is not a bot token")
        return SecretStr(bare)

    @field_validator("bot_api_url")
    @classmethod
    def is_an_address(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^/\s]\S*", url):
            raise ValueError("that is not a web address")
        return url.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def is_a_webhook(cls, url: str) -> str:
        if not url:
            return url
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise ValueError("that is not a web address") from None
        if not re.fullmatch(r"https?://[^\s{}]+", url) or not host:
            raise ValueError("that is not a web address")
        if parts.query or parts.fragment or parts.username is not None:
            raise ValueError("it may hold a host and a path only")
        if parts.scheme != "https" and host not in LOOPBACK:
            raise ValueError("Telegram takes https only")
        return url

    @field_validator("webhook_listen", "metrics_listen")
    @classmethod
    def is_of_this_machine(cls, host: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9.:_-]+", host):
            raise ValueError("that is not an address to listen on")
        return host

    @field_validator("webhook_secret")
    @classmethod
    def can_be_a_header(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise ValueError("it holds what Telegram does not take")
        return secret

    @field_validator("database_url")
    @classmethod
    def is_a_database(cls, url: str) -> str:
        if not url:
            return url
        if re.fullmatch(r"sqlite:///[^:].*", url):
            _expanded(Path(url.removeprefix(SQLITE)))
            return url
        try:
            driver = make_url(url).drivername
        except (ArgumentError, ValueError):
            raise ValueError("that is not the address of a database") from None
        if driver not in POSTGRESQL:
            raise ValueError("that is neither an SQLite nor a PostgreSQL address")
        if find_spec("psycopg") is None:
            raise ValueError("psycopg is not installed: pip install 'bandcoach[postgresql]'")
        return url

    @field_validator("content_dir")
    @classmethod
    def is_a_folder(cls, folder: Path | None) -> Path | None:
        if folder is None:
            return None
        folder = _expanded(folder)
        try:
            next(folder.iterdir(), None)
        except FileNotFoundError:
            raise ValueError(f"there is no folder {folder}") from None
        except OSError as error:
            raise ValueError(f"{folder} can't be read ({error.strerror})") from None
        return folder

    @field_validator("invite_code")
    @classmethod
    def fits_into_a_link(cls, code: SecretStr | None) -> SecretStr | None:
        """Check the length: Telegram passes on 64 characters at most, `join_` among them."""
        if code is None:
            return None
        bare = code.get_secret_value().strip()
        if not re.fullmatch(r"[A-Za-z0-9_-]{8,59}", bare):
            raise ValueError("that can't be a code in a link, or is too short")
        return SecretStr(bare)

    @field_validator("admin_ids", mode="before")
    @classmethod
    def are_numbers(cls, ids: object) -> object:
        if not isinstance(ids, str):
            return ids
        found = [word.strip() for word in ids.split(",") if word.strip()]
        if not found or not all(re.fullmatch("[1-9][0-9]{0,15}", word) for word in found):
            raise ValueError("those are not Telegram numbers")
        return tuple(int(word) for word in found)

    @field_validator("log_level", mode="before")
    @classmethod
    def any_case(cls, level: str) -> str:
        return level.upper()

    @property
    def token(self) -> str:
        """The bot's token; raise SettingError if there is none."""
        if self.bot_token is None:
            raise SettingError(f"BOT_TOKEN is not set: {HOW_TO_GET['BOT_TOKEN']}")
        return self.bot_token.get_secret_value()

    @property
    def proxy(self) -> str | None:
        """The proxy on the way to the Bot API server, if there is one; this machine needs none.

        Raise SettingError for one that can't be used. It is checked only here: other programs use
        these variables, too, so a wrong one must not stop commands that need none.
        """
        server = urlsplit(self.bot_api_url)
        name = f"{server.scheme}_proxy"
        found: SecretStr | None = getattr(self, name)
        if found is None or _is_this_machine(server.hostname or ""):
            return None
        if proxy_bypass_environment(server.netloc.rpartition("@")[2], {"no": self.no_proxy}):
            return None
        url = found.get_secret_value().strip()
        url = url if "://" in url else f"http://{url}"
        if not _is_proxy(url):
            name = name.upper()
            raise SettingError(f"{name}: that is no HTTP proxy; {HOW_TO_GET[name]}")
        return url

    @property
    def code(self) -> str:
        """The code in an invitation's link; empty if everybody may use the coach."""
        return self.invite_code.get_secret_value() if self.invite_code else ""

    @property
    def database(self) -> Path | URL:
        """An SQLite file, or the URL of a PostgreSQL database."""
        if not self.database_url:
            return user_data_path(APP, appauthor=False) / "coach.db"
        if self.database_url.startswith(SQLITE):
            return Path(self.database_url.removeprefix(SQLITE)).expanduser()
        return make_url(self.database_url).set(drivername="postgresql+psycopg")


def _expanded(path: Path) -> Path:
    """Return the path with `~` or `~ann` replaced by a home directory."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError(f"{path.parts[0]} stands for no folder here") from None


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_proxy(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def read_settings() -> Settings:
    """Return the settings of this process; raise SettingError, which names the first wrong one."""
    try:
        return Settings()
    except (UnicodeDecodeError, OSError):
        raise SettingError(".env can't be read: it must be a text file in UTF-8") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        what = str(first["msg"]).removeprefix("Value error, ")
        raise SettingError(f"{name}: {what}; {HOW_TO_GET.get(name, '')}") from None
