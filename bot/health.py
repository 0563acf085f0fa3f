"""GET /healthz: whether the service is alive."""

from flask import Blueprint, Response


def make_health() -> Blueprint:
    """Return the pages that a load balancer asks."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", content_type="text/plain; charset=utf-8")

    return health
