"""Cuts what we ask of Twilio out of Twilio's own descriptions of its API, into carrier_api.json.

They are in the npm package @twilio/cli-core (MIT, its descriptions Apache 2.0; Twilio Inc.):

    npm pack @twilio/cli-core@8.3.2
    python -m tests.support.cut_out twilio-cli-core-8.3.2.tgz
"""

import json
import sys
import tarfile
from pathlib import Path
from typing import Any

CUT_OUT = Path(__file__).parent / "carrier_api.json"
PACKAGE = "twilio-cli-core-8.3.2.tgz"

_ACCOUNT = "/2010-04-01/Accounts/{AccountSid}"
_SERVICES = "/v1/Services"
# Every request that the line makes of a carrier, by the description that has it.
ASKED = {
    "twilio_api_v2010": (
        ("get", "/2010-04-01/Accounts/{Sid}.json"),
        ("get", f"{_ACCOUNT}/IncomingPhoneNumbers.json"),
        ("post", f"{_ACCOUNT}/IncomingPhoneNumbers/{{Sid}}.json"),
        ("post", f"{_ACCOUNT}/Messages.json"),
        ("get", f"{_ACCOUNT}/Messages.json"),
        ("delete", f"{_ACCOUNT}/Messages/{{Sid}}.json"),
        ("get", f"{_ACCOUNT}/Calls.json"),
        ("delete", f"{_ACCOUNT}/Calls/{{Sid}}.json"),
    ),
    "twilio_messaging_v1": (
        ("get", _SERVICES),
        ("get", f"{_SERVICES}/{{Sid}}"),
        ("post", f"{_SERVICES}/{{Sid}}"),
        ("get", f"{_SERVICES}/{{MessagingServiceSid}}/Compliance/Usa2p"),
    ),
    "twilio_voice_v1": (("get", "/v1/DialingPermissions/Countries"),),
}
# What is for people to read and for browsers.
_PROSE = {"description", "summary", "examples", "example", "tags", "headers"}

Json = dict[str, Any]


def cut_out(package: Path) -> Json:
    """Return what we ask, out of the descriptions in a package."""
    paths: Json = {}
    schemas: Json = {}
    for name, operations in ASKED.items():
        whole = json.loads(_read(package, f"package/src/services/twilio-api/{name}.json"))
        known = whole["components"]["schemas"]
        for method, path in operations:
            operation = _bare(whole["paths"][path][method])
            for status, answer in operation["responses"].items():
                # It must have one.
                answer["description"] = status
            paths.setdefault(path, {})[method] = operation
            schemas |= {one: _bare(known[one]) for one in _named_in(operation, known)}
    return {
        "openapi": "3.0.1",
        "info": {
            "title": "What Rights Line asks of Twilio's API",
            "description": f"By tests/support/cut_out.py, from {PACKAGE} (npm; MIT, Twilio Inc.)",
            "license": whole["info"]["license"],
            "version": whole["info"]["version"],
        },
        "security": whole["security"],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": whole["components"]["securitySchemes"],
        },
    }


def _read(package: Path, name: str) -> bytes:
    with tarfile.open(package) as archive:
        file = archive.extractfile(name)
        assert file
        return file.read()


def _bare(part: Any) -> Any:
    """Return a part of a description without its prose; a field may have the name of prose."""
    if isinstance(part, list):
        return [_bare(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {key: _bare(one) for key, one in value.items()}
        if name == "properties"
        else _bare(value)
        for name, value in part.items()
        if name not in _PROSE and not name.startswith("x-")
    }


def _named_in(part: Any, known: Json) -> set[str]:
    """Return the schemas that a part refers to, and those that they refer to."""
    if isinstance(part, list):
        return set().union(*(_named_in(one, known) for one in part))
    if not isinstance(part, dict):
        return set()
    named = {str(part["$ref"]).rsplit("/", 1)[-1]} if "$ref" in part else set()
    within = (_named_in(one, known) for one in (*part.values(), *(known[one] for one in named)))
    return named.union(*within)


if __name__ == "__main__":
    CUT_OUT.write_text(json.dumps(cut_out(Path(sys.argv[1])), indent=1) + "\n", "utf-8")
