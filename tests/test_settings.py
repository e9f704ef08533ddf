"""Settings: every fault at once, nothing unknown in silence, and no secret anywhere."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.settings import Settings, SettingsError, read_settings, unknown_names
from tests.process import own_logging

TOKEN = "4200000000:AAsecret-secret_secret-secret-secret"
SECRET = TOKEN.split(":")[1]
PASSWORD = "hunter2hunter2"


pytestmark = pytest.mark.usefixtures("nothing_set")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log's handler writes; pytest's own handlers come back afterwards."""
    with own_logging():
        yield io.StringIO()


def test_without_anything_the_defaults_hold() -> None:
    settings = read_settings()
    assert settings.bot_token is None
    assert settings.database == str(Path("data/forum.db"))
    assert settings.address is None
    assert settings.zone is None
    assert settings.organizers == frozenset()


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("ORGANIZERS=1, 2,\nLISTEN=[::1]:8080\nTIMEZONE=Asia/Almaty\nLOG_LEVEL=debug\n")
    monkeypatch.setenv("LISTEN", "0.0.0.0:9000")
    settings = read_settings()
    assert settings.organizers == {1, 2}
    assert settings.address == ("0.0.0.0", 9000)
    assert str(settings.zone) == "Asia/Almaty"
    assert settings.log_level == "DEBUG"


def test_a_mark_at_the_files_beginning_hides_nothing() -> None:
    Path(".env").write_bytes(b"\xef\xbb\xbfORGANIZERS=7\n")
    assert read_settings().organizers == {7}
    assert unknown_names(Path(".env")) == []


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "BOT_TOKEN": "12345",
        "BOT_API_URL": "api.telegram.org",
        "DATABASE_URL": "mysql://root@localhost/forum",
        "ORGANIZERS": "7001, @dinara, 0",
        "TIMEZONE": "Turkistan",
        "LISTEN": "8080",
        "PUBLIC_URL": "forum.example.org",
        "MESSAGES_PER_SECOND": "fast",
        "LOG_LEVEL": "LOUD",
        "LOG_FORMAT": "xml",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert sorted(fault.split(":")[0] for fault in caught.value.faults) == sorted(wrong)
    organizers = next(fault for fault in caught.value.faults if fault.startswith("ORGANIZERS"))
    assert organizers.endswith("@dinara, 0")


@pytest.mark.parametrize("address", ["host", "host:", ":80", "host:0", "host:65536", "a b:80", "::1:80"])
def test_no_address_to_listen_on(address: str) -> None:
    with pytest.raises(SettingsError, match="LISTEN"):
        read_settings(listen=address)


@pytest.mark.parametrize(
    ("listen", "public", "shown"),
    [
        ("", "", ""),
        ("", "https://forum.example.org", ""),
        ("127.0.0.1:8080", "", "http://127.0.0.1:8080"),
        ("0.0.0.0:8080", "", "http://127.0.0.1:8080"),
        ("[::1]:8080", "", "http://[::1]:8080"),
        ("127.0.0.1:8080", "https://example.org/forum/", "https://example.org/forum"),
    ],
)
def test_the_address_browsers_are_given(listen: str, public: str, shown: str) -> None:
    assert read_settings(listen=listen, public_url=public).web_address == shown


@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf", "1001"])
def test_no_rate_to_send_at(rate: str) -> None:
    with pytest.raises(SettingsError, match="MESSAGES_PER_SECOND"):
        read_settings(messages_per_second=rate)


def test_beyond_the_free_pace_telegram_is_paid_or_is_a_local_one() -> None:
    """Without limits of its own it would run into one 429 after the other, and the bot's chats would have none."""
    with pytest.raises(SettingsError, match=r"PAID_BROADCASTS: .*30 MESSAGES_PER_SECOND"):
        read_settings(messages_per_second="31")
    assert read_settings(messages_per_second="30").messages_per_second == 30
    assert read_settings(messages_per_second="1000", paid_broadcasts="yes").paid_broadcasts
    assert read_settings(messages_per_second="1000", bot_api_url="http://127.0.0.1:8081").messages_per_second == 1000


def test_a_file_that_is_no_text_is_named() -> None:
    Path(".env").write_bytes("BOT_TOKEN=жетон\n".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"\.env"):
        read_settings()


def test_a_typing_error_in_the_file_is_noticed() -> None:
    Path(".env").write_text("BOT_TOKKEN=1\nlog_level=INFO\nPUBLIC_URI=https://example.org\n")
    assert unknown_names(Path(".env")) == ["BOT_TOKKEN", "PUBLIC_URI"]


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings(bot_token=TOKEN, database_url=f"postgresql://bot:{PASSWORD}@db/forum")
    assert PASSWORD in settings.database
    shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert SECRET not in shown
    assert PASSWORD not in shown
    monkeypatch.setenv("BOT_TOKEN", f"{TOKEN} and more")
    monkeypatch.setenv("DATABASE_URL", f"mysql://bot:{PASSWORD}@db/forum")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert SECRET not in str(caught.value)
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize("shape", ["text", "json"])
def test_no_token_reaches_the_log(shape: str, written: io.StringIO) -> None:
    logs.set_up("INFO", shape, written)
    log = logging.getLogger("aiohttp.client")
    log.warning("GET https://api.telegram.org/bot%s/getMe", TOKEN)
    log.warning("token=%s, %r", TOKEN, {"bot": TOKEN})
    try:
        raise OSError(f"Cannot connect to https://api.telegram.org/bot{TOKEN}/getUpdates")
    except OSError:
        log.exception("failure")
    text = written.getvalue()
    assert SECRET not in text
    assert text.count("4200000000:***") == 4
    assert "Traceback" in text


def test_a_json_log_is_a_line_an_event(written: io.StringIO) -> None:
    logs.set_up("INFO", "json", written)
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logging.getLogger("minber").exception("«сөз»\nекінші жол")
    line = json.loads(written.getvalue())
    assert line["message"] == "«сөз»\nекінші жол"
    assert line["level"] == "ERROR"
    assert "two\nlines" in line["exception"]


def test_the_example_and_the_manual_name_every_setting_and_no_other() -> None:
    root = Path(__file__).parent.parent
    fields = sorted(name.upper() for name in Settings.model_fields)
    example = (root / ".env.example").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == fields
    for paragraph in example.strip().split("\n\n")[1:]:
        assert re.fullmatch(r"# [^\n]+\n[A-Z_]+=[^\n]*", paragraph), paragraph
    manual = (root / "docs/operators.md").read_text(encoding="utf-8")
    table = manual.split("## Settings")[1].split("\n## ")[0]
    assert sorted(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == fields


def test_the_example_is_what_holds_anyway(tmp_path: Path) -> None:
    example = Path(__file__).parent.parent / ".env.example"
    assert read_settings(example) == read_settings(None)
    assert unknown_names(example) == []
