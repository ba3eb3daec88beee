"""Settings come from the environment or .env, and a wrong one is told in one line."""

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.runtime import settings
from bot.runtime.settings import HOW_TO_GET, SettingError, Settings, read_settings

ROOT = Path(__file__).parents[2]
NAMES = [name.upper() for name in Settings.model_fields]
TOKEN = "123456789:AAH-secret_Secret0123456789abcdefgh"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No setting is set, and there is no .env in the folder; returns the folder."""
    for name in (*NAMES, *(name.lower() for name in NAMES if name.endswith("_PROXY"))):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    """What is said of this value, in one line."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as error:
        read_settings()
    text = str(error.value)
    assert len(text.splitlines()) == 1
    return text


def test_without_any_setting_the_defaults_hold() -> None:
    found = read_settings()
    assert (found.bot_token, found.content_dir) == (None, None)
    assert found.bot_api_url == "https://api.telegram.org"
    assert (found.messages_per_second, found.log_level) == (30, "INFO")
    assert found.database.name == "coach.db"
    assert found.database.is_absolute()


def test_a_missing_token_is_told_with_the_ways_to_get_on() -> None:
    with pytest.raises(SettingError) as error:
        _ = read_settings().token
    text = str(error.value)
    assert len(text.splitlines()) == 1
    assert [word in text for word in ("BOT_TOKEN", "@BotFather", "python -m bot demo")] == [
        True
    ] * 3


def test_a_token_is_read_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", f" {TOKEN}\n")
    found = read_settings()
    assert found.token == TOKEN
    assert TOKEN not in f"{found!r} {found} {found.model_dump()} {found.model_dump_json()}"


def test_an_invitation_code_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "knee-high-socks"
    monkeypatch.setenv("INVITE_CODE", f" {code}\n")
    found = read_settings()
    assert found.code == code
    assert code not in f"{found!r} {found} {found.model_dump()} {found.model_dump_json()}"
    assert "knee high" not in refusal(monkeypatch, "INVITE_CODE", "knee high socks")


@pytest.mark.parametrize(
    ("value", "ids"), [("123456789", (123456789,)), (" 12, 34,5 ,", (12, 34, 5))]
)
def test_hosts_are_told_by_their_numbers(
    monkeypatch: pytest.MonkeyPatch, value: str, ids: tuple[int, ...]
) -> None:
    monkeypatch.setenv("ADMIN_IDS", value)
    assert read_settings().admin_ids == ids


@pytest.mark.parametrize("value", ["secret", "123", "123:", ":abc", "12 3:abc", "abc:def", "1:a b"])
def test_a_malformed_token_is_refused_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    text = refusal(monkeypatch, "BOT_TOKEN", value)
    assert text.startswith("BOT_TOKEN: ")
    assert value not in text.replace("BOT_TOKEN", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_API_URL", "api.telegram.org"),
        ("BOT_API_URL", "ftp://api.telegram.org"),
        ("BOT_API_URL", "https://"),
        ("DATABASE_URL", "/srv/coach.db"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "mysql://localhost/coach"),
        ("CONTENT_DIR", "/nowhere/at/all"),
        ("CONTENT_DIR", __file__),
        ("MESSAGES_PER_SECOND", "many"),
        ("MESSAGES_PER_SECOND", "0"),
        ("MESSAGES_PER_SECOND", "-1"),
        ("MESSAGES_PER_SECOND", "1001"),
        ("MESSAGES_PER_SECOND", "2.5"),
        ("INVITE_CODE", "short"),
        ("INVITE_CODE", "two words"),
        ("INVITE_CODE", "x" * 60),
        ("ADMIN_IDS", "ann"),
        ("ADMIN_IDS", "12 34"),
        ("ADMIN_IDS", "-5"),
        ("ADMIN_IDS", ","),
        ("WEBHOOK_URL", "coach.example.org/telegram"),
        ("WEBHOOK_URL", "http://coach.example.org/telegram"),
        ("WEBHOOK_URL", "https://"),
        ("WEBHOOK_URL", "https://host:port/"),
        ("WEBHOOK_URL", "https://host/a path"),
        ("WEBHOOK_URL", "https://host/{path}"),
        ("WEBHOOK_URL", "https://host/path?query=1"),
        ("WEBHOOK_URL", "https://ann:secret@host/path"),
        ("WEBHOOK_LISTEN", "here and there"),
        ("WEBHOOK_LISTEN", "http://127.0.0.1"),
        ("WEBHOOK_PORT", "0"),
        ("WEBHOOK_PORT", "65536"),
        ("WEBHOOK_PORT", "https"),
        ("WEBHOOK_SECRET", "with a space"),
        ("WEBHOOK_SECRET", "s" * 257),
        ("WEBHOOK_SECRET", "schl\u00fcssel"),
        ("METRICS_PORT", "0"),
        ("METRICS_PORT", "many"),
        ("METRICS_LISTEN", "a/b"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_LEVEL", "CRITICAL"),
    ],
)
def test_a_malformed_setting_is_named_with_how_to_get_it_right(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    text = refusal(monkeypatch, name, value)
    assert text.startswith(f"{name}: ")
    assert text.endswith(HOW_TO_GET[name])


def test_every_setting_has_a_word_on_how_to_get_it() -> None:
    assert sorted(HOW_TO_GET) == sorted(NAMES)


@pytest.mark.parametrize(("value", "level"), [("debug", "DEBUG"), ("Info", "INFO")])
def test_a_log_level_may_be_in_any_case(
    monkeypatch: pytest.MonkeyPatch, value: str, level: str
) -> None:
    monkeypatch.setenv("LOG_LEVEL", value)
    assert read_settings().log_level == level


def test_an_address_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:8081/")
    assert read_settings().bot_api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    "url",
    [
        "https://coach.example.org",
        "https://coach.example.org:8443/telegram",
        "http://127.0.0.1:8443/hook",
        "http://localhost/hook",
        "http://[::1]:8443/hook",
    ],
)
def test_a_webhook_is_public_or_on_this_machine(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("WEBHOOK_URL", url)
    assert read_settings().webhook_url == url


def test_the_webhooks_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", "s3cret_-word")
    found = read_settings()
    assert found.webhook_secret
    assert found.webhook_secret.get_secret_value() == "s3cret_-word"
    assert "s3cret" not in f"{found!r} {found} {found.model_dump()} {found.model_dump_json()}"


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////srv/band coach/coach.db", "/srv/band coach/coach.db"),
        ("sqlite:///coach.db", "coach.db"),
    ],
)
def test_a_database_is_a_file(monkeypatch: pytest.MonkeyPatch, url: str, file: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert read_settings().database == Path(file)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///~/c.db", "{home}/c.db"),
        ("sqlite:///~root/c.db", "/root/c.db"),
        ("sqlite:////~/c.db", "/~/c.db"),
        ("sqlite:///a/~/c.db", "a/~/c.db"),
    ],
)
def test_a_database_may_be_in_a_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, file: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", url)
    assert read_settings().database == Path(file.format(home=tmp_path))


@pytest.mark.parametrize("name", ["DATABASE_URL", "CONTENT_DIR"])
def test_a_home_folder_of_nobody_is_told(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = "~nobody-of-that-name/coach"
    text = refusal(monkeypatch, name, f"sqlite:///{path}" if name == "DATABASE_URL" else path)
    assert text.startswith(f"{name}: ~nobody-of-that-name ")


PROXY = "http://proxy.example.org:3128"


@pytest.mark.parametrize(
    ("server", "environment", "proxy"),
    [
        ("https://api.telegram.org", {}, None),
        ("https://api.telegram.org", {"HTTPS_PROXY": PROXY}, PROXY),
        ("https://api.telegram.org", {"https_proxy": PROXY}, PROXY),
        ("https://api.telegram.org", {"HTTPS_PROXY": "proxy.example.org:3128"}, PROXY),
        ("https://api.telegram.org", {"HTTP_PROXY": PROXY}, None),
        ("https://api.telegram.org", {"HTTPS_PROXY": PROXY, "NO_PROXY": "*"}, None),
        ("https://api.telegram.org", {"HTTPS_PROXY": PROXY, "no_proxy": "x, telegram.org"}, None),
        ("https://api.telegram.org", {"HTTPS_PROXY": PROXY, "NO_PROXY": ".telegram.org"}, None),
        ("https://api.telegram.org", {"HTTPS_PROXY": PROXY, "NO_PROXY": "gram.org"}, PROXY),
        ("http://bots.example.org:81", {"HTTP_PROXY": PROXY}, PROXY),
        ("http://bots.example.org:81", {"HTTPS_PROXY": PROXY}, None),
        (
            "http://bots.example.org:81",
            {"HTTP_PROXY": PROXY, "NO_PROXY": "bots.example.org:81"},
            None,
        ),
        ("http://127.0.0.1:8081", {"HTTP_PROXY": PROXY}, None),
        ("http://[::1]:8081", {"HTTP_PROXY": PROXY}, None),
        ("http://localhost", {"HTTP_PROXY": PROXY}, None),
        ("http://192.168.1.7", {"HTTP_PROXY": PROXY}, PROXY),
    ],
)
def test_the_proxy_is_the_one_for_that_server(
    monkeypatch: pytest.MonkeyPatch, server: str, environment: dict[str, str], proxy: str | None
) -> None:
    for name, value in {"BOT_API_URL": server, **environment}.items():
        monkeypatch.setenv(name, value)
    assert read_settings().proxy == proxy


@pytest.mark.parametrize(
    "address", ["socks5://ann:s3cret@host:1080", "http://", "http://ann:s3cret@host:99999", "//h"]
)
def test_what_is_no_proxy_is_told_where_it_is_needed(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    found = read_settings()
    assert "s3cret" not in f"{found!r} {found.model_dump()} {found.model_dump_json()}"
    with pytest.raises(SettingError, match=r"^HTTPS_PROXY: that is no HTTP proxy; ") as error:
        _ = found.proxy
    assert "s3cret" not in str(error.value)


def test_a_folder_of_the_hosts_own_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path))
    assert read_settings().content_dir == tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_setting_is_an_unset_one(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "")
    assert read_settings() == Settings.model_construct()


def test_a_file_of_settings_is_read_and_the_environment_goes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f"# mine\nBOT_TOKEN={TOKEN}\nLOG_LEVEL=DEBUG\nMESSAGES_PER_SECOND=5\nOTHER=1\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    found = read_settings()
    assert (found.token, found.log_level, found.messages_per_second) == (TOKEN, "ERROR", 5)


def test_a_wrong_line_in_the_file_is_told_like_any_other(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MESSAGES_PER_SECOND=many\n", encoding="utf-8")
    with pytest.raises(SettingError, match="MESSAGES_PER_SECOND: "):
        read_settings()


def test_settings_do_not_change_while_the_coach_runs() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings().log_level = "DEBUG"


EXAMPLE = ROOT / ".env.example"


def test_the_example_lists_every_setting_there_is() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    listed = [match[1] for line in lines if (match := re.match(r"#?([A-Z][A-Z_]+)=", line))]
    assert sorted(listed) == sorted(NAMES)


def test_the_table_in_the_readme_lists_them_with_their_defaults() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("\n## Settings\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"(?m)^\| `([A-Z_]+)` \| (.*?) \|", section))
    assert sorted(rows) == sorted(NAMES)
    for name, default in rows.items():
        value = Settings.model_fields[name.lower()].default
        if name != "DATABASE_URL":  # its default is another folder on each machine
            assert default == (f"`{value}`" if value else "–")


def test_the_example_and_the_readme_list_them_in_the_same_order() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = EXAMPLE.read_text(encoding="utf-8")
    in_table = re.findall(r"(?m)^\| `([A-Z_]+)` \|", readme)
    assert re.findall(r"(?m)^#?([A-Z][A-Z_]+)=", example) == in_table


def test_the_example_as_it_stands_changes_nothing(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path / ".env")
    assert read_settings() == Settings.model_construct()


def test_the_values_in_the_example_are_ones_that_can_be_taken(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    (tmp_path / ".env").write_text(re.sub(r"(?m)^#(?=[A-Z_]+=)", "", text), encoding="utf-8")
    found = read_settings()
    default = Settings.model_construct()
    for name in ("bot_api_url", "messages_per_second", "log_level"):
        assert getattr(found, name) == getattr(default, name)
    assert found.database_url.startswith("sqlite:///")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_the_program_picks_the_driver(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setattr(settings, "find_spec", lambda _: object())
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://coach:pass%40word@db.example.org:5433/club")
    found = read_settings()
    assert found.database == URL.create(
        "postgresql+psycopg", "coach", "pass@word", "db.example.org", 5433, "club"
    )
    assert "word" not in repr(found)


@pytest.mark.parametrize("url", ["mysql://localhost/coach", "coach.db", "postgresql", "://"])
def test_an_address_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(SettingError, match=r"^DATABASE_URL: that is n"):
        read_settings()


def test_postgresql_without_its_driver_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "find_spec", lambda _: None)
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/coach")
    with pytest.raises(SettingError, match=r"pip install 'bandcoach\[postgresql\]'"):
        read_settings()
