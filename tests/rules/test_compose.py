"""The compose file is one that Docker accepts, holds no secret, and opens no door that need not be open."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import yaml
from jsonschema import Draft202012Validator

from bot.config import Settings

ROOT: Final = Path(__file__).parents[2]
TEXT: Final = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: Final[dict[str, Any]] = yaml.safe_load(TEXT)
SERVICES: Final[dict[str, dict[str, Any]]] = COMPOSE["services"]
STAY: Final = {name: service for name, service in SERVICES.items() if service["restart"] != "no"}
EXAMPLE: Final = dict(
    line.split("=", 1)
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def slips(compose: object) -> list[str]:
    schema = json.loads(Path(__file__).with_name("compose.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(compose)]


def test_the_file_follows_the_compose_specification() -> None:
    assert slips(COMPOSE) == []


def test_a_misspelt_key_would_be_found() -> None:
    assert slips({"services": {"serve": {"image": "lotse", "helthcheck": {}}}}) != []


def test_the_services_are_the_processes_of_the_design() -> None:
    assert SERVICES.keys() == {"migrate", "serve", "work", "poll", "postgres", "redis"}


def test_telegram_is_asked_only_where_somebody_wants_that_instead_of_a_webhook() -> None:
    """Whoever asks takes the webhook away, so `poll` never starts by itself."""
    assert {name: service["profiles"] for name, service in SERVICES.items() if "profiles" in service} == {
        "poll": ["poll"]
    }
    assert SERVICES["poll"]["command"] == ["poll"]


def test_every_service_that_stays_says_whether_it_is_well() -> None:
    assert [name for name, service in STAY.items() if "healthcheck" not in service] == []


def test_whatever_is_waited_for_exists_and_can_say_it_is_well() -> None:
    for service in SERVICES.values():
        for name, how in service.get("depends_on", {}).items():
            assert name in SERVICES
            assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[name]


def test_every_network_and_volume_is_declared() -> None:
    for service in SERVICES.values():
        assert set(service["networks"]) <= COMPOSE["networks"].keys()
        assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= COMPOSE["volumes"].keys()


def test_no_secret_and_no_default_password_is_written_down() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN|KEY", name):
                assert re.fullmatch(r"\$\{[A-Z_]+:\?[^}]*\}", value), name
    assert re.findall(r"\$\{\w+:?-[^}]*\}", TEXT) == [], "a value that is missing must stop the start"
    assert {name: value for name, value in EXAMPLE.items() if value} == {}


def test_what_must_be_filled_in_is_in_the_example() -> None:
    assert set(re.findall(r"\$\{(\w+)", TEXT)) <= EXAMPLE.keys()


def test_every_name_is_a_setting_and_every_secret_setting_has_its_place() -> None:
    prefix = str(Settings.model_config["env_prefix"])
    given = {*EXAMPLE, *(name for service in SERVICES.values() for name in service.get("environment", {}))}
    settings = {f"{prefix}{name.upper()}": field.annotation for name, field in Settings.model_fields.items()}
    assert {name for name in given if name.startswith(prefix)} <= settings.keys()
    assert {name for name, kind in settings.items() if "SecretStr" in f"{kind}"} <= given


def test_only_serve_can_be_reached_and_only_from_this_machine() -> None:
    assert {name for name, service in SERVICES.items() if service.get("ports")} == {"serve"}
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["serve"]["ports"])
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert all(SERVICES[name]["networks"] == ["inside"] for name in ("postgres", "redis"))


def test_foreign_images_name_their_major_version() -> None:
    foreign = [service["image"] for service in SERVICES.values() if "build" not in service]
    assert all(re.fullmatch(r"[a-z]+:\d+", image) for image in foreign)


def test_our_image_is_locked_and_its_user_is_not_root() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users
    assert users[-1] not in ("0", "root")
    assert any("--require-hashes -r" in line for line in lines)


def test_the_image_is_given_only_what_it_needs() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = re.findall(r"^COPY (\S+) ", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert ignored[0] == "*"
    assert {f"!{name}" for name in copied if not name.startswith("--")} == {line for line in ignored if line[0] == "!"}
