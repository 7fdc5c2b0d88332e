"""Settings: defaults, the environment, errors that name the variable and never a secret."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk.desk.config import Models
from frontdesk.errors import SettingsError
from frontdesk.graph.persistence.home import default_home
from frontdesk.quiet import DEFAULTS, FORCED, quiet_environment
from frontdesk.settings import load_settings, variable


def test_the_defaults_need_no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    settings = load_settings()
    assert (settings.desk, settings.redis, settings.port, settings.log_level) == ("retail", "auto", 8080, "INFO")
    assert settings.redis_url is settings.key is settings.model is settings.tokens_file is None
    assert settings.home == default_home(os.environ)
    assert sys.platform == "darwin" or settings.home == tmp_path / "frontdesk"


def test_the_environment_is_read_when_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path))
    monkeypatch.setenv("FRONTDESK_REDIS", "MEMORY")
    monkeypatch.setenv("REDIS_URL", "redis://:pass@host/0")
    monkeypatch.setenv("FRONTDESK_PORT", "0")
    monkeypatch.setenv("FRONTDESK_LOG_LEVEL", "debug")
    monkeypatch.setenv("FRONTDESK_MODEL", "")
    settings = load_settings()
    assert (settings.home, settings.redis, settings.port) == (tmp_path, "memory", 0)
    assert settings.redis_url is not None
    assert settings.redis_url.get_secret_value() == "redis://:pass@host/0"
    assert (settings.log_level, settings.model) == ("DEBUG", None)


def test_what_is_given_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDESK_PORT", "1")
    assert load_settings(port=2, host=None).port == 2


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FRONTDESK_PORT", "eighty", "valid integer"),  # no number
        ("FRONTDESK_PORT", "70000", "65535"),  # out of range
        ("FRONTDESK_REDIS", "disk", "'auto' or 'memory'"),  # closed list
        ("FRONTDESK_LOG_LEVEL", "loud", "'DEBUG'"),  # closed list
        ("FRONTDESK_MODEL_FAST", "hunter2", "provider:name"),  # no provider
        ("FRONTDESK_BASE_URL", "https://user:hunter2@host/v1", "OPENAI_API_KEY"),  # password in the address
        ("FRONTDESK_BASE_URL", "https://[hunter2", "http(s)://host/path"),  # no address
        ("REDIS_URL", "http://:hunter2@host", "`rediss://…`"),  # wrong scheme
        ("FRONTDESK_DATABASE_URL", "hunter2", "SQLAlchemy URL"),  # no address
        ("FRONTDESK_REDIS_ULR", "hunter2", "did you mean REDIS_URL?"),  # misspelt
        ("FRONTDESK_KMS", "hunter2", "`module:factory`"),  # no factory
        ("FRONTDESK_COLOUR", "hunter2", "no such setting; "),  # unknown
    ],
)
def test_a_wrong_variable_is_named_with_what_is_allowed_and_without_its_value(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert f"{name}: " in str(caught.value)
    assert words in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_all_wrong_variables_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["FRONTDESK_PORT", "FRONTDESK_REDIS", "FRONTDESK_NONSENSE", "REDIS_URL"]
    for name in names:
        monkeypatch.setenv(name, "x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert [name for name in names if name not in str(caught.value)] == []


def test_secrets_show_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://:hunter2@host")
    monkeypatch.setenv("FRONTDESK_KEY", "hunter2")
    monkeypatch.setenv("FRONTDESK_DATABASE_URL", "postgresql+asyncpg://u:hunter2@h/d")
    settings = load_settings()
    assert "hunter2" not in repr(settings) + str(settings) + settings.model_dump_json()
    assert settings.key_environment()["FRONTDESK_KEY"] == "hunter2"


def test_models_of_the_environment_go_before_the_desks(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Models(fast="openai:a", guard="openai:b", base_url="https://desk.example")
    assert load_settings().models(desk) == desk
    monkeypatch.setenv("FRONTDESK_MODEL", "openai:all")
    monkeypatch.setenv("FRONTDESK_MODEL_GUARD", "keyless")
    monkeypatch.setenv("FRONTDESK_BASE_URL", "http://127.0.0.1:9/v1")
    chosen = load_settings().models(desk)
    assert (chosen.fast, chosen.reasoning, chosen.summary) == ("openai:all",) * 3
    assert (chosen.guard, chosen.base_url, chosen.timeout) == (None, "http://127.0.0.1:9/v1", desk.timeout)


@pytest.mark.parametrize(("field", "name"), [("redis_url", "REDIS_URL"), ("model_fast", "FRONTDESK_MODEL_FAST")])
def test_a_field_knows_its_variable(field: str, name: str) -> None:
    assert variable(field) == name


def test_telemetry_is_off_whatever_was_set() -> None:
    environment = {"LANGSMITH_TRACING": "true", "OTEL_SDK_DISABLED": "false", "PATH": "/bin"}
    quiet_environment(environment)
    assert environment == {**DEFAULTS, **FORCED, "OTEL_SDK_DISABLED": "false", "PATH": "/bin"}


def test_importing_the_settings_builds_and_imports_nothing_heavy() -> None:
    code = (
        "import os, sys; os.environ['FRONTDESK_PORT'] = 'x'; import frontdesk.settings, frontdesk.desk.load; "
        "heavy = {'langchain', 'langgraph', 'guardrails', 'jsonschema', 'sklearn', 'sqlalchemy', 'redis', 'openai'}; "
        "sys.exit(' '.join(heavy & sys.modules.keys()) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
