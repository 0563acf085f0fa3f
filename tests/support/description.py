"""Twilio's own description of its API: whether a request may be made, and an answer be given."""

import json
import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from tests.support.cut_out import CUT_OUT

FORM = "application/x-www-form-urlencoded"

Json = dict[str, Any]


def operation_of(request: MockRequest) -> str:
    """Return which operation a request is, such as `get /v1/Services/{Sid}`; empty if none."""
    for path, methods in _description()["paths"].items():
        if request.method in methods and re.fullmatch(
            re.sub(r"{\w+}", "[^/]+", path), request.path
        ):
            return f"{request.method} {path}"
    return ""


def operations() -> set[str]:
    """Return all that is described."""
    return {f"{one} {path}" for path, methods in _description()["paths"].items() for one in methods}


def faults_of_request(request: MockRequest) -> Iterator[str]:
    """Yield why Twilio would refuse a request, or pass over a part of it."""
    yield from map(_told, _api().iter_request_errors(request))
    if named := operation_of(request):
        method, path = named.split(" ")
        operation = _description()["paths"][path][method]
        # What is in no description is let through by OpenAPI, and meant something all the same.
        query = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        yield from (f"no parameter {one}" for one in sorted({*request.parameters.query} - query))
        body = operation.get("requestBody", {"content": {FORM: {"schema": {"properties": {}}}}})
        fields = set(body["content"][FORM]["schema"]["properties"])
        sent = parse_qs((request.body or b"").decode(), keep_blank_values=True)
        yield from (f"no field {one}" for one in sorted(set(sent) - fields))


def faults_of_answer(request: MockRequest, status: int, answer: bytes) -> Iterator[str]:
    """Yield why an answer would not be Twilio's. It does not describe the ones that refuse."""
    if status < HTTPStatus.BAD_REQUEST:
        response = MockResponse(answer, status_code=status, content_type="application/json")
        yield from map(_told, _api().iter_response_errors(request, response))


@cache
def _api() -> OpenAPI:
    return OpenAPI.from_dict(_strict(_description()))


@cache
def _description() -> Json:
    read: Json = json.loads(CUT_OUT.read_text("utf-8"))
    return read


def _strict(part: Any) -> Any:
    """Return a part of a description that lets nothing through that it does not name."""
    if isinstance(part, list):
        return [_strict(one) for one in part]
    if not isinstance(part, dict):
        return part
    closed = {"additionalProperties": False} if part.get("type") == "object" else {}
    opened = closed if "properties" in part else {}
    return {name: _strict(one) for name, one in part.items()} | opened


def _told(error: Exception) -> str:
    return f"{error} ({error.__cause__})"
