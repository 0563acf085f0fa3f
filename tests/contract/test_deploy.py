"""What runs the line elsewhere: pinned, not as root, with nothing to write to but memory."""

import gc
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from gunicorn.config import Config

from bot.settings import PROJECT, Settings
from bot.trends.live.redis import KEEPS_NOTHING
from tests.support.deployment import (
    DEPLOY,
    MANIFESTS,
    PINNED,
    UNITS,
    compose,
    gunicorn_settings,
    in_git,
    instructions,
    objects,
    pods,
    told_by,
    unit,
)
from tests.support.installed import program
from tests.support.line import make_app

SETTINGS = {name.upper() for name in Settings.model_fields}
SERVICES = compose()["services"]
LINE = [name for name, one in SERVICES.items() if one["image"] == "rights-line"]
PODS = pods()
UNITS_THAT_RUN = [path for path in UNITS if path.suffix == ".service"]
TIMERS = [path for path in UNITS if path.suffix == ".timer"]
OUR_IMAGE = "rights-line:0.1.0"


@pytest.fixture(scope="module")
def app() -> Flask:
    return make_app()


def check_command(app: Flask, words: list[str]) -> None:
    """See to it that a command of ours exists."""
    group = app.cli
    for word in words:
        assert word in group.commands, f"there is no command {' '.join(words)}"
        group = group.commands[word]  # type: ignore[assignment]


# gunicorn.conf.py


def served(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return gunicorn_settings()


def test_gunicorn_knows_every_name_that_we_set(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {name for name in served(monkeypatch) if name.islower() and not name.startswith("_")}

    assert ours - {"gc", "os", "signal"} <= set(Config().settings)


def test_the_web_server_keeps_no_access_log_and_renews_its_workers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_here = served(monkeypatch)

    assert set_here["accesslog"] is None
    assert set_here["preload_app"]
    assert set_here["max_requests"] > set_here["max_requests_jitter"] > 0
    assert "accesslog" not in json.dumps(set_here["logconfig_dict"])


@pytest.mark.parametrize("hook", ["when_ready", "on_reload"])
def test_workers_look_for_garbage_though_the_start_does_not(
    hook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_here = served(monkeypatch)
    gc.disable()

    try:
        set_here[hook](None)
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.enable()


def test_there_is_always_a_second_worker_unless_an_operator_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert served(monkeypatch)["workers"] >= 2
    assert served(monkeypatch, WEB_CONCURRENCY="7")["workers"] == 7


# Dockerfile


def test_those_who_know_dockerfiles_find_nothing_wrong() -> None:
    assert told_by(program("hadolint"), str(DEPLOY / "Dockerfile")) == (0, "")


def test_an_image_is_made_from_named_versions_and_runs_as_nobody() -> None:
    said = list(instructions())
    users = [rest for word, rest in said if word == "USER"]
    bases = [rest.split()[0] for word, rest in said if word == "FROM"]

    assert len(bases) == 2
    assert all(PINNED.fullmatch(base.removesuffix("-slim-bookworm")) for base in bases)
    assert users == ["10001:10001"]
    assert [word for word, _ in said][-1] == "CMD"


def copied() -> list[str]:
    return [
        source
        for word, rest in instructions()
        if word == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]


def test_what_is_copied_is_there_and_is_let_through_and_nothing_else_is() -> None:
    ignored = (PROJECT / ".dockerignore").read_text("utf-8").split("\n", 1)[1].split()

    assert ignored[0] == "*"
    assert {one[1:] for one in ignored if one.startswith("!")} == set(copied())
    assert all((PROJECT / name).exists() for name in copied())
    assert not {".env", "var", ".git"} & set(copied())


def built() -> str:
    """Return the step that makes what an image needs beside what is copied into it."""
    return next(rest for word, rest in instructions() if word == "RUN" and "content check" in rest)


@pytest.mark.heavy
def test_a_clean_clone_is_enough_to_make_an_image(tmp_path: Path) -> None:
    # Not what happens to lie about here: recordings, and what was learned.
    for name in in_git(*copied()):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / name, tmp_path / name)
    step = built().replace("/srv/.venv/bin/", f"{Path(sys.executable).parent}/")
    ran = subprocess.run(  # noqa: S603 - our own words
        ["/bin/sh", "-c", re.sub(r"(?<=LIVE_STORE=)\S+", "", step)],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "no fault" in ran.stdout
    assert {path.parent.name for path in tmp_path.glob("content/audio/*/*.wav")} == {"ht"}


def test_what_speaks_the_recordings_is_there_before_and_does_not_come_along() -> None:
    said = list(instructions())
    (folder,) = re.findall(r"PYTHONPATH=(\S+) \S+/flask --app wsgi audio build", built())
    made = built().index("audio build")

    assert any(f"--target {folder} espeakng-loader" in rest for word, rest in said if word == "RUN")
    assert made < built().index("content check")
    assert [rest for word, rest in said if "--from=build" in rest] == ["--from=build /srv /srv"]
    assert not folder.startswith("/srv")


# compose.yaml


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_is_pinned_guarded_and_has_nothing_to_write_to(name: str) -> None:
    service = SERVICES[name]

    assert service["image"] == "rights-line" or PINNED.fullmatch(service["image"])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"]["core"] == 0
    assert service["tmpfs"]


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"proxy"}))
def test_nobody_is_root_but_the_proxy_which_may_only_open_its_doors(name: str) -> None:
    assert int(SERVICES[name]["user"].split(":")[0]) > 0
    assert "cap_add" not in SERVICES[name]
    assert "ports" not in SERVICES[name]
    assert SERVICES["proxy"]["cap_add"] == ["NET_BIND_SERVICE"]


@pytest.mark.parametrize("name", LINE)
def test_a_container_of_the_line_is_told_every_setting_and_no_other(name: str) -> None:
    told = dict(SERVICES[name]["environment"])

    # Gunicorn refuses an empty one: without a value it is passed on only where it is set.
    assert told.pop("WEB_CONCURRENCY") is None
    assert told.keys() == SETTINGS
    assert all("${" in str(value) for value in told.values())
    assert SERVICES[name]["memswap_limit"] == SERVICES[name]["mem_limit"]
    assert not SERVICES[name].get("volumes")


def test_the_proxy_finds_both_web_processes() -> None:
    web = [name for name in LINE if name.startswith("web")]
    found = SERVICES["proxy"]["environment"]["WEB"].split()

    assert len(web) == 2
    assert found == [f"{name}:8000" for name in web]


def test_the_live_store_keeps_nothing_and_reaches_nobody() -> None:
    live = SERVICES["live"]
    options = " ".join(
        f'--{name} "{v}"' if not v else f"--{name} {v}" for name, v in KEEPS_NOTHING.items()
    )

    assert options in live["command"][-1]
    assert "volumes" not in live
    assert live["networks"] == ["inside"]
    assert compose()["networks"]["inside"]["internal"] is True


def test_no_secret_stands_in_a_file() -> None:
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if any(word in key for word in ("PASSWORD", "TOKEN", "KEY", "AUTH")):
                assert value.startswith("${"), f"{name}: {key}"
    assert not [one for one in objects() if one["kind"] == "Secret"]


@pytest.mark.parametrize("name", LINE)
def test_the_chores_are_commands_of_ours(app: Flask, name: str) -> None:
    script = " ".join(SERVICES[name].get("command", []))
    for words in script.split("flask --app wsgi ")[1:]:
        check_command(app, words.split()[:2])


# Caddyfile

NANOSECONDS = 10**9


def test_the_proxy_understands_its_file_and_writes_nothing_down() -> None:
    path = str(DEPLOY / "Caddyfile")
    caddy = program("caddy")
    given = {"PUBLIC_URL": "https://line.example.org", "WEB": "web-1:8000 web-2:8000"}
    code, told = told_by(caddy, "adapt", "--adapter", "caddyfile", "--config", path, env=given)
    # Before the document it may say something.
    adapted = json.loads(next(line for line in told.splitlines() if line.startswith('{"admin')))
    (server,) = adapted["apps"]["http"]["servers"].values()

    assert code == 0
    assert "logs" not in server
    # Twilio hangs up after 15 seconds: nobody needs to be waited for longer.
    assert 0 < max(server["read_timeout"], server["read_header_timeout"]) <= 15 * NANOSECONDS
    assert adapted["logging"]["logs"]["default"]["exclude"] == ["http.log", "http.handlers"]
    assert told_by(caddy, "fmt", "--diff", path)[0] == 0


def test_the_proxy_lets_through_what_we_serve_and_not_what_is_for_operators(app: Flask) -> None:
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    (let_through,) = [line.split()[2:] for line in text.splitlines() if "@outside path" in line]
    heard = {rule.rule for rule in app.url_map.iter_rules()} - {"/readyz", "/metrics"}

    for rule in heard:
        path = rule.partition("<")[0]
        assert any(
            path in (one, one.removesuffix("*")) or path.startswith(one.removesuffix("*"))
            for one in let_through
            if one == path or one.endswith("*")
        ), rule
    assert not {"/readyz", "/metrics", "/*", "*"} & set(let_through)


# systemd


@pytest.mark.parametrize("path", UNITS_THAT_RUN, ids=lambda path: path.name)
def test_a_unit_is_guarded_and_leaves_neither_core_nor_swap(path: Path) -> None:
    said = unit(path)
    everything = {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "CapabilityBoundingSet": "",
        "LimitCORE": "0",
        "MemorySwapMax": "0",
        "UMask": "0077",
        "User": "rights-line",
        "RuntimeDirectory": "rights-line",
        "RuntimeDirectoryMode": "0700",
        # Else the running week would go with the process.
        "RuntimeDirectoryPreserve": "yes",
    }

    assert {name: said[name] for name in everything} == {n: [v] for n, v in everything.items()}
    assert "RemoveIPC" not in said


@pytest.mark.parametrize("path", UNITS_THAT_RUN, ids=lambda path: path.name)
def test_every_unit_has_the_same_settings_and_they_exist(path: Path) -> None:
    said, first = unit(path), unit(UNITS_THAT_RUN[0])
    (settings,) = said["Environment"]

    assert {one.partition("=")[0] for one in settings.split()} <= SETTINGS
    assert "LIVE_STORE=/run/rights-line " in settings
    for name in ("Environment", "EnvironmentFile", "User", "WorkingDirectory"):
        assert said[name] == first[name]


@pytest.mark.parametrize("path", UNITS_THAT_RUN, ids=lambda path: path.name)
def test_a_unit_starts_what_there_is(app: Flask, path: Path) -> None:
    (command,) = unit(path)["ExecStart"]
    started, *words = command.removeprefix("/opt/rights-line/.venv/bin/").split()

    match started:
        case "gunicorn":
            # From inside this machine only: the proxy is on it.
            assert words == ["wsgi:app", "--bind", "127.0.0.1:8000"]
        case _:
            assert (started, words[:2]) == ("flask", ["--app", "wsgi"])
            check_command(app, words[2:])


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.name)
def test_a_timer_has_a_unit_to_start(path: Path) -> None:
    assert path.with_suffix(".service") in UNITS
    assert unit(path)["WantedBy"] == ["timers.target"]


def test_systemd_understands_the_units() -> None:
    verify = (program("systemd-analyze"), "verify", "--man=no", *map(str, UNITS))
    complaints = told_by(*verify)[1].splitlines()

    # On this machine the line is not installed.
    assert [
        one
        for one in complaints
        if not one.endswith("is not executable: No such file or directory")
    ] == []


# Kubernetes


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_a_cluster_understands_every_object(path: Path) -> None:
    kubernetes = pytest.importorskip("kubernetes_validate")
    for one in yaml.safe_load_all(path.read_text("utf-8")):
        kubernetes.validate(one, "1.30.0", strict=True)
        kubernetes.validate(one, kubernetes.latest_version(), strict=True)


@pytest.mark.parametrize("name", PODS)
def test_a_pod_is_pinned_guarded_and_writes_to_memory_alone(name: str) -> None:
    pod = PODS[name]["spec"]
    (container,) = pod["containers"]

    assert PINNED.fullmatch(container["image"])
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]
    assert all(one["emptyDir"]["medium"] == "Memory" for one in pod["volumes"])
    mounted = {one["name"] for one in container["volumeMounts"]}
    assert mounted == {one["name"] for one in pod["volumes"]}


def test_no_probe_asks_for_more_than_that_callers_are_answered() -> None:
    (web,) = PODS["web"]["spec"]["containers"]
    probes = [
        web[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "readiness", "liveness")
    ]

    assert probes == ["/healthz"] * 3


def test_the_settings_of_the_cluster_exist() -> None:
    (settings,) = [one for one in objects() if one["kind"] == "ConfigMap"]

    assert settings["data"].keys() <= SETTINGS


def test_the_chores_of_the_cluster_are_commands_of_ours(app: Flask) -> None:
    for name in ("clean-up", "release"):
        (container,) = PODS[name]["spec"]["containers"]
        assert container["image"] == OUR_IMAGE
        assert container["command"][:3] == ["flask", "--app", "wsgi"]
        check_command(app, container["command"][3:])


def test_what_an_object_points_at_is_there() -> None:
    labels = [pod["metadata"]["labels"] for pod in PODS.values()]
    by_kind: dict[str, list[Any]] = {}
    for one in objects():
        by_kind.setdefault(one["kind"], []).append(one)

    for service in by_kind["Service"]:
        assert service["spec"]["selector"] in labels
    for policy in by_kind["NetworkPolicy"]:
        assert policy["spec"]["podSelector"]["matchLabels"] in labels
    (budget,), (scaler,) = by_kind["PodDisruptionBudget"], by_kind["HorizontalPodAutoscaler"]
    assert budget["spec"]["selector"]["matchLabels"] in labels
    assert scaler["spec"]["scaleTargetRef"]["name"] in PODS
    assert scaler["spec"]["minReplicas"] > budget["spec"]["minAvailable"]


def test_the_list_of_files_for_the_cluster_is_whole() -> None:
    path = DEPLOY / "kubernetes" / "kustomization.yaml"
    listed = yaml.safe_load(path.read_text("utf-8"))

    assert sorted(listed["resources"]) == [path.name for path in MANIFESTS]
    assert listed["images"][0]["name"] == OUR_IMAGE.partition(":")[0]


def test_the_live_store_of_the_cluster_keeps_nothing() -> None:
    (redis,) = PODS["live"]["spec"]["containers"]
    (deployment,) = [
        one
        for one in objects()
        if one["kind"] == "Deployment" and one["metadata"]["name"] == "live"
    ]

    assert SERVICES["live"]["command"][-1].replace("$$", "$") == redis["args"][0]
    assert deployment["spec"]["replicas"] == 1
    assert deployment["spec"]["strategy"]["type"] == "Recreate"
