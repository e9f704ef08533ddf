"""What the operator sets: the environment and .env, read once, every fault reported at once."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

# The shape of a BotFather token: the bot's id, a colon, the secret.
TOKEN_SHAPE = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
DATABASES = ("sqlite", "postgresql", "postgres")

TELEGRAM = "api.telegram.org"
FREE = 30.0  # messages a second that Telegram takes for nothing (Bots FAQ, "Broadcasting to Users")

ENCODING = "utf-8-sig"  # of .env: some editors put a mark at its beginning

NO_TOKEN = (
    "BOT_TOKEN is not set: get one from @BotFather and put it into .env (see .env.example), "
    "or try everything without a token: make rehearse"
)


class SettingsError(Exception):
    """All that is wrong with the settings, a line a fault: "NAME: what is wrong"."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    """Frozen. Field names are the variables' names in lower case; docs/operators.md explains each."""

    model_config = SettingsConfigDict(
        frozen=True,
        env_ignore_empty=True,
        env_file_encoding=ENCODING,
        extra="ignore",
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    bot_api_url: str = "https://api.telegram.org"
    database_url: SecretStr = SecretStr("")  # it may hold a password
    programme: Path = Path("programme/turkistan.toml")
    organizers: Annotated[frozenset[int], NoDecode] = frozenset()
    timezone: str = ""
    listen: str = ""
    public_url: str = ""
    quiet_hours: str = "22-7"
    messages_per_second: float = Field(default=28.0, gt=0, le=1000)
    paid_broadcasts: bool = Field(default=False, validate_default=True)
    announcement_approval: bool = False
    data_dir: Path = Path("data")
    log_level: str = "INFO"
    log_format: str = "text"

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN_SHAPE.fullmatch(value.get_secret_value()):
            raise ValueError("is not a bot token (BotFather gives one like 123456789:AA…)")
        return value

    @field_validator("bot_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/[^\s]*)?", value):
            raise ValueError("is not an http(s) address")
        return value.rstrip("/")

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
            raise ValueError("is not an http(s) address, e.g. https://forum.example.org")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        scheme, mark, _ = value.get_secret_value().partition("://")
        if mark and scheme not in DATABASES:
            raise ValueError("begins with sqlite:/// or postgresql://, or is the path of a file")
        return value

    @field_validator("organizers", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        words = [word.strip() for word in value.split(",") if word.strip()]
        wrong = [word for word in words if not re.fullmatch(r"[1-9]\d{0,15}", word)]
        if wrong:
            raise ValueError(f"takes Telegram ids separated by commas; these are none: {', '.join(wrong)}")
        return frozenset(int(word) for word in words)

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value and value not in available_timezones():
            raise ValueError(f"knows no time zone {value!r} (try Asia/Almaty)")
        return value

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        found = re.fullmatch(r"(?:\[[0-9a-fA-F:]+\]|[^\s:\[\]]+):(\d{1,5})", value)
        if value and (found is None or not 0 < int(found[1]) < 65536):
            raise ValueError("takes host:port, e.g. 127.0.0.1:8080")
        return value

    @field_validator("quiet_hours")
    @classmethod
    def _quiet(cls, value: str) -> str:
        found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", value)
        if value != "off" and (found is None or max(int(found[1]), int(found[2])) > 23):
            raise ValueError("takes two hours of the day, e.g. 22-7, or off")
        return value

    @field_validator("paid_broadcasts")
    @classmethod
    def _paid(cls, value: bool, info: ValidationInfo) -> bool:
        # What is wrong itself is not in there.
        address, pace = info.data.get("bot_api_url", ""), info.data.get("messages_per_second", 0.0)
        if not value and pace > FREE and urlsplit(address).hostname == TELEGRAM:
            raise ValueError(f"is needed for more than {FREE:.0f} MESSAGES_PER_SECOND: Telegram refuses them otherwise")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("is one of DEBUG, INFO, WARNING, ERROR")
        return value.upper()

    @field_validator("log_format")
    @classmethod
    def _format(cls, value: str) -> str:
        if value.lower() not in ("text", "json"):
            raise ValueError("is text or json")
        return value.lower()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, dotenv_settings

    @property
    def database(self) -> str:
        """Where the database is: DATABASE_URL, else forum.db in DATA_DIR."""
        return self.database_url.get_secret_value() or str(self.data_dir / "forum.db")

    @property
    def zone(self) -> ZoneInfo | None:
        """The zone that overrides the programme's own, if one is set."""
        return ZoneInfo(self.timezone) if self.timezone else None

    @property
    def address(self) -> tuple[str, int] | None:
        """(host, port) of the bot's own web server; None when LISTEN is not set."""
        if not self.listen:
            return None
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def web_address(self) -> str:
        """Where browsers find the bot's own web server, no slash at its end; "" when there is none.

        Without PUBLIC_URL that is the address it listens on, as this machine itself sees it.
        """
        if self.address is None or self.public_url:
            return self.public_url if self.address else ""
        host, port = self.address
        if host in ("0.0.0.0", "::"):
            host = "127.0.0.1"
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def read_settings(env_file: Path | None = Path(".env"), **values: Any) -> Settings:
    """Read the settings. Raises SettingsError with every fault; `values` win over the environment."""
    try:
        return Settings(_env_file=env_file, **values)  # type: ignore[call-arg]  # pydantic-settings takes it
    except UnicodeDecodeError:
        raise SettingsError([f"{env_file} is not a text in UTF-8"]) from None
    except ValidationError as error:
        faults = []
        for fault in error.errors():
            name = str(fault["loc"][0]).upper() if fault["loc"] else "settings"
            faults.append(f"{name}: {fault['msg'].removeprefix('Value error, ')}")
        raise SettingsError(faults) from None


def unknown_names(env_file: Path) -> list[str]:
    """Names in .env that are not settings of ours: mostly typing errors, which would pass in silence."""
    if not env_file.is_file():
        return []
    names = dotenv_values(env_file, encoding=ENCODING)
    return sorted(name for name in names if name.lower() not in Settings.model_fields)


def say(line: str) -> None:
    """A line to whoever started the program."""
    print(line, file=sys.stderr)  # noqa: T201 - a line for the terminal


def settings_to_run() -> Settings | None:
    """The settings of the real bot; None, with the reason on stderr, when it cannot run with them."""
    try:
        settings = read_settings()
    except SettingsError as error:
        say(str(error))
        return None
    if settings.bot_token is None:
        say(NO_TOKEN)
        return None
    for name in unknown_names(Path(".env")):
        say(f"{name} in .env is not a setting of this bot and has no effect")
    return settings
