"""What is imported fast is what aiogram itself makes: a change in it that breaks this turns red here."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from typing import Any

import pytest

from bot import fast_import
from bot.fast_import import import_aiogram

# Every type and method of the Bot API: its fields with all that validates them, once it is built.
FIELDS = """
import json, re, sys
{first}
from aiogram import methods, types
from pydantic import BaseModel

def fields(model):
    model.model_rebuild()
    assert model.__pydantic_complete__
    described = [(name, field.alias, repr(field)) for name, field in model.model_fields.items()]
    return [re.sub(" at 0x[0-9a-f]+", "", str(one)) for one in described]

found = {{name: fields(model) for package in (types, methods) for name in package.__all__
         if isinstance(model := getattr(package, name), type) and issubclass(model, BaseModel)}}
json.dump(found, sys.stdout)
"""
FAST = "from bot.fast_import import import_aiogram; assert import_aiogram()"


def interpreter(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-W", "error", "-c", code], stdout=subprocess.PIPE)


def test_every_type_and_method_is_the_same() -> None:
    plain, fast = [interpreter(FIELDS.format(first=first)) for first in ("", FAST)]
    expected, found = [said(process) for process in (plain, fast)]
    assert len(expected) > 500
    assert found == expected


def test_another_version_is_left_alone() -> None:
    code = "from bot import fast_import as f; f.KNOWN = '3.30.'; assert not f.import_aiogram(); print('null')"
    assert said(interpreter(code)) is None


def test_what_cannot_be_built_is_imported_the_plain_way() -> None:
    code = """
from bot import fast_import
warned = []
fast_import.log.warning = lambda text, *args: warned.append(text % args)
fast_import.name_everything = lambda types: None
assert not fast_import.import_aiogram()
import json
from aiogram import Bot, types
update = types.Update.model_validate({"update_id": 5})
print(json.dumps([update.update_id, *warned]))
"""
    number, warning = said(interpreter(code))
    assert number == 5
    assert "slow way" in warning
    assert "PydanticUndefinedAnnotation" in warning


def test_the_log_says_why_it_is_slow(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    again = import_aiogram.__wrapped__
    assert not again()
    monkeypatch.setattr(fast_import, "KNOWN", "3.30.")
    monkeypatch.delitem(sys.modules, "aiogram")
    assert not again()
    reasons = [message.rpartition(": ")[2] for message in caplog.messages]
    assert reasons == ["it was imported before", f"its version is {version('aiogram')}, not 3.30.x"]


def test_when_it_is_fast_the_log_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Asked for a second time too: the tests' package did so first."""
    assert import_aiogram()
    assert not caplog.messages


def test_a_keyboard_made_unvalidated_can_be_written_inside_a_call() -> None:
    """bot.views.screen makes it so, and a photo with buttons is written by aiogram itself."""
    code = """
import json
from aiogram.methods import SendPhoto
from aiogram.types import InlineKeyboardMarkup
keyboard = InlineKeyboardMarkup.model_construct(inline_keyboard=[[{"text": "1", "callback_data": "s:1"}]])
photo = SendPhoto(chat_id=1, photo="id", reply_markup=keyboard)
print(json.dumps(photo.model_dump(warnings=False)["reply_markup"]["inline_keyboard"]))
"""
    assert said(interpreter(FAST + code)) == [[{"text": "1", "callback_data": "s:1"}]]


def said(process: subprocess.Popen[bytes]) -> Any:
    with process:
        assert process.stdout is not None
        output = process.stdout.read()
    assert process.returncode == 0
    return json.loads(output)
