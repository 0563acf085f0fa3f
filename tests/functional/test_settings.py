"""Settings: everything that is missing or wrong is named at once, and no secret is ever shown."""

from pathlib import Path

import pytest

from bot.settings import PROJECT, Publish, Settings, SettingsError, read_settings

RIGHT = {
    "PUBLIC_URL": "https://line.example.org",
    "TWILIO_ACCOUNT_SID": "AC0123456789abcdef0123456789ABCDEF",
    "TWILIO_AUTH_TOKEN": "the token that opens everything",
    "SECRET_KEY": "the key that nobody may ever see at all",
}


@pytest.fixture(autouse=True)
def _nothing_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def set_all(monkeypatch: pytest.MonkeyPatch, **changes: str) -> None:
    for name, value in (RIGHT | changes).items():
        monkeypatch.setenv(name, value)


def refusal() -> str:
    with pytest.raises(SettingsError) as refused:
        read_settings()
    return str(refused.value)


def named_in(message: str) -> set[str]:
    return {line.split(":")[0].strip() for line in message.splitlines()[1:]}


def test_everything_that_is_missing_is_named_at_once_with_its_mend() -> None:
    message = refusal()

    assert named_in(message) == RIGHT.keys()
    assert "README.md" in message
    assert all(line.partition(": ")[2] for line in message.splitlines()[1:])


def test_what_is_wrong_and_what_is_missing_are_named_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "line.example.org")
    monkeypatch.setenv("PUBLISH", "everything")
    monkeypatch.setenv("SECRET_KEY", "short")

    wrong = {"PUBLIC_URL", "PUBLISH", "SECRET_KEY"}
    assert named_in(refusal()) == wrong | {"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "line.example.org"),
        ("PUBLIC_URL", "ftp://line.example.org"),
        ("PUBLIC_URL", "https://line.example.org/sms"),
        ("PUBLIC_URL", "https://line.example.org?x=1"),
        ("PUBLIC_URL", "https://somebody:password@line.example.org"),
        ("PUBLIC_URL", "https://line.example.org\nhttps://evil.example"),
        ("PUBLIC_URL", "https://line.example.org:port"),
        ("PUBLIC_URL", "https://line.example.org:99999"),
        ("PUBLIC_URL", "https://line.example.org:0"),
        ("TWILIO_ACCOUNT_SID", "AC123"),
        ("TWILIO_ACCOUNT_SID", "SK" + "0" * 32),
        ("TWILIO_ACCOUNT_SID", "AC" + "z" * 32),
        ("TWILIO_AUTH_TOKEN", ""),
        ("SECRET_KEY", "a" * 31),
        ("PUBLISH", "SIGNED?"),
        ("TIME_ZONE", "America/Springfield"),
        ("TIME_ZONE", "../etc"),
        ("LIVE_STORE", "somewhere"),
        ("LIVE_STORE", "http://redis.example.org"),
        ("LIVE_STORE", "redis://"),
        ("LIVE_STORE", "redis://:word@redis.example.org:port"),
        ("LIVE_STORE", "redis://:word@redis.example.org:99999"),
        ("LIVE_STORE", "redis://:wo#rd@redis.example.org:6379"),
        ("LIVE_STORE", "redis://[::1"),
        ("ORGANIZATION_NAME", "a" * 41),
        ("DATABASE_URL", "rights-line.db"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "mysql://somebody@host/name"),
        ("DATABASE_URL", "postgresql://host"),
        ("DATABASE_URL", "postgresql://somebody:word@host:port/name"),
        ("DATABASE_URL", "postgresql://somebody:word@host:/name"),
        ("DATABASE_URL", "postgresql://one:5432,two:5432/name"),
        ("DATABASE_URL", "postgresql://somebody:wo@rd@host/name"),
        ("TREND_EPSILON", "0"),
        ("TREND_EPSILON", "2.1"),
        ("TREND_EPSILON", "inf"),
        ("METRICS_TOKEN", "too short"),
        ("METRICS_TOKEN", "long enough but in words"),
        ("DIGEST_WEBHOOK", "http://hooks.example.org/x"),
    ],
)
def test_a_value_that_cannot_be_right_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    set_all(monkeypatch, **{name: value})

    assert named_in(refusal()) == {name}


def test_a_refusal_repeats_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, SECRET_KEY="hunter2", TWILIO_ACCOUNT_SID="hunter3", PUBLISH="hunter4")

    assert "hunter" not in refusal()


def test_right_values_are_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PUBLISH="signed", ORGANIZATION_NAME="A Line", LANGUAGES=" en ,es,")
    settings = read_settings()

    assert settings.public_url == RIGHT["PUBLIC_URL"]
    assert settings.twilio_auth_token.get_secret_value() == RIGHT["TWILIO_AUTH_TOKEN"]
    assert settings.secret_key.get_secret_value() == RIGHT["SECRET_KEY"]
    assert settings.publish is Publish.SIGNED
    assert settings.organization_name == "A Line"
    assert settings.languages == ("en", "es")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///var/other.db",
        "sqlite:////srv/rights-line.db",
        "postgres://somebody:word@host:5432/name?sslmode=require",
        "postgresql+psycopg:///name?host=/run/postgresql",
        "postgresql://somebody:w/o:r#d?@host/name",
        "postgresql://[::1]:5432/name",
    ],
)
def test_releases_can_be_kept_in_a_file_or_by_a_server(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    set_all(monkeypatch, DATABASE_URL=url)

    assert read_settings().database_url.get_secret_value() == url


@pytest.mark.parametrize(
    "place",
    ["redis://:w:o@rd@host:6379/0", "rediss://host", "redis://[::1]:6379", "/run/rights-line"],
)
def test_counts_can_be_kept_in_redis_or_in_a_folder(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    set_all(monkeypatch, LIVE_STORE=place)

    assert read_settings().live_store.get_secret_value() == place


def test_what_is_left_empty_is_as_if_it_were_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PUBLISH="", ORGANIZATION_NAME="", LANGUAGES="")
    settings = read_settings()

    assert settings.publish is Publish.DRAFTS
    assert settings.organization_name
    assert settings.languages == ()


def test_the_file_is_read_and_the_environment_outranks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    written = {**RIGHT, "ORGANIZATION_NAME": "Of the file", "PUBLISH": "signed"}
    lines = [f'{name}="{value}"' for name, value in written.items()]
    Path(".env").write_text("\n".join(["# a comment", *lines, "UNKNOWN=1"]), "utf-8")
    monkeypatch.setenv("ORGANIZATION_NAME", "Of the environment")
    settings = read_settings()

    assert settings.public_url == RIGHT["PUBLIC_URL"]
    assert settings.publish is Publish.SIGNED
    assert settings.organization_name == "Of the environment"


def test_a_copy_of_the_example_names_what_is_left_to_fill_in() -> None:
    Path(".env").write_text((PROJECT / ".env.example").read_text("utf-8"), "utf-8")

    assert named_in(refusal()) == RIGHT.keys()


def test_no_secret_is_ever_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = {
        "DATABASE_URL": "postgresql://somebody:hunter2@host/name",
        "DIGEST_WEBHOOK": "https://hooks.example.org/hunter3",
    }
    set_all(monkeypatch, **hidden)
    settings = read_settings()
    printed = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"

    for name in ("TWILIO_AUTH_TOKEN", "SECRET_KEY"):
        assert RIGHT[name] not in printed
    assert "hunter" not in printed
    assert RIGHT["PUBLIC_URL"] in printed


def test_settings_do_not_change_while_the_service_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch)
    settings = read_settings()

    with pytest.raises(ValueError, match="frozen"):
        settings.publish = Publish.SIGNED  # type: ignore[misc]
