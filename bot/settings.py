"""Settings: read once, from the environment or `.env`; every error is named at once."""

import re
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT = Path(__file__).parent.parent

# A file for the weekly releases, or a PostgreSQL server: a password may hold all but @.
_SERVER = r"([^:/@]*(:[^@]*)?@)?(\[[^]/]*\]|[^][:/@]*)(:\d+)?"
_DATABASES = re.compile(rf"(sqlite:///|postgres(ql)?(\+psycopg)?://{_SERVER}/)\S+")


class SettingsError(SystemExit):
    """The settings cannot be used: the start stops here, with one message and no traceback."""


class Publish(StrEnum):
    """Which texts are served."""

    SIGNED = "signed"
    DRAFTS = "drafts"


class Switch(StrEnum):
    """Whether something is there at all."""

    ON = "on"
    OFF = "off"


class Settings(BaseSettings):
    """What an operator decides. README.md explains each; a secret never prints."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    public_url: str = Field(pattern=r"^https?://[^\s/?#@]+$")
    # Twilio's, or the id of a project at a gateway that speaks as Twilio does.
    twilio_account_sid: str = Field(pattern=r"^(AC[0-9a-fA-F]{32}|[0-9a-fA-F-]{32,36})$")
    twilio_auth_token: SecretStr = Field(min_length=1)
    carrier_api: str = Field(default="https://api.twilio.com", pattern=r"^https?://[^\s?#@]+$")
    signature_header: str = Field(default="X-Twilio-Signature", pattern=r"^[A-Za-z-]+$")
    signature_key: SecretStr = SecretStr("")
    secret_key: SecretStr = Field(min_length=32)
    publish: Publish = Publish.DRAFTS
    organization_name: str = Field(default="Rights Line", max_length=40)
    transfer_number: str = Field(default="", pattern=r"^(\+[1-9]\d{6,14})?$")
    transfer_hours: str = "Mon-Fri 9:00-17:00"
    time_zone: str = "America/New_York"
    languages: Annotated[tuple[str, ...], NoDecode] = ()
    # An address of Redis has its password in it.
    live_store: SecretStr = SecretStr("")
    database_url: SecretStr = SecretStr(f"sqlite:///{PROJECT / 'var' / 'rights-line.db'}")
    # What was promised to callers is 2; it can be kept better, and not worse.
    trend_epsilon: Decimal = Field(default=Decimal(2), ge=Decimal("0.1"), le=2)
    digest_webhook: SecretStr = SecretStr("")
    metrics_token: SecretStr = SecretStr("")
    simulator: Switch = Switch.OFF

    @field_validator("public_url")
    @classmethod
    def _has_a_port_that_exists(cls, url: str) -> str:
        _check_port(url)
        return url

    @field_validator("time_zone")
    @classmethod
    def _is_on_the_map(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (OSError, ZoneInfoNotFoundError) as error:
            raise ValueError(name) from error

    @field_validator("live_store")
    @classmethod
    def _is_a_folder_or_redis(cls, place: SecretStr) -> SecretStr:
        if not re.fullmatch(r"(/.*|rediss?://.+)?", place.get_secret_value()):
            message = "neither a folder nor Redis"
            raise ValueError(message)
        _check_port(place.get_secret_value())
        return place

    @field_validator("database_url")
    @classmethod
    def _is_a_database_we_know(cls, url: SecretStr) -> SecretStr:
        if not _DATABASES.fullmatch(url.get_secret_value()):
            raise ValueError
        return url

    @field_validator("digest_webhook")
    @classmethod
    def _is_encrypted_on_its_way(cls, url: SecretStr) -> SecretStr:
        if not re.fullmatch(r"(https://[^\s/?#@]+(/\S*)?)?", url.get_secret_value()):
            raise ValueError
        return url

    @field_validator("metrics_token")
    @classmethod
    def _is_hard_to_guess(cls, token: SecretStr) -> SecretStr:
        if not re.fullmatch(r"([!-~]{16,})?", token.get_secret_value()):
            raise ValueError
        return token

    @field_validator("languages", mode="before")
    @classmethod
    def _separated_by_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(tag.strip() for tag in value.split(",") if tag.strip())
        return value

    def key_for(self, purpose: str) -> bytes:
        """Return a key of 32 bytes for one purpose, from SECRET_KEY."""
        secret = self.secret_key.get_secret_value()
        return sha256(f"{purpose}\0{secret}".encode()).digest()


def _check_port(url: str) -> None:
    # Reading a port that is no number, or too large a one, raises ValueError by itself.
    if urlsplit(url).port == 0:
        raise ValueError


MENDS = {
    "public_url": "the address that Twilio calls, such as https://line.example.org, without a path",
    "twilio_account_sid": "AC and 32 hexadecimal digits, from Twilio; or a gateway's project id",
    "carrier_api": "https://api.twilio.com, or the address of a gateway that speaks as Twilio does",
    "signature_header": "X-Twilio-Signature, or the header in which a gateway signs",
    "signature_key": "the key with which a gateway signs; empty: TWILIO_AUTH_TOKEN",
    "twilio_auth_token": "the primary Auth Token, from Twilio's console",
    "secret_key": "at least 32 characters that nobody knows, as `openssl rand -hex 32` makes",
    "publish": "signed or drafts",
    "organization_name": "at most 40 characters",
    "transfer_number": "a telephone number such as +15005550006, or empty",
    "transfer_hours": "hours such as Mon-Fri 9:00-17:00, Sat 10:00-12:00",
    "time_zone": "a time zone such as America/Chicago",
    "live_store": "a folder in memory, such as /run/rights-line, or redis://…, or empty",
    "languages": "tags of content/languages.toml, separated by commas",
    "database_url": "sqlite:///var/rights-line.db, or postgresql://user:password@host/name",
    "trend_epsilon": "2, or a smaller number down to 0.1, such as 1 for a very busy line",
    "metrics_token": "at least 16 characters without a space, or empty",
    "simulator": "on or off",
    "digest_webhook": "an address that begins with https://, or empty",
}


def read_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: with every setting that is missing or impossible, and its mend.

    """
    try:
        return Settings()
    except ValidationError as error:
        names = dict.fromkeys(str(one["loc"][0]) for one in error.errors())
        faults = "\n".join(f"  {name.upper()}: {MENDS[name]}" for name in names)
        message = f"Set these in the environment or in .env (README.md says how):\n{faults}"
        raise SettingsError(message) from None
