"""GET /healthz: a load balancer learns that the service is alive, and nothing else."""

from flask import Flask


def test_a_load_balancer_is_told_that_the_service_is_alive(app: Flask) -> None:
    response = app.test_client().get("/healthz")

    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.content_type == "text/plain; charset=utf-8"


def test_the_question_leaves_no_cookie(app: Flask) -> None:
    assert "Set-Cookie" not in app.test_client().get("/healthz").headers


def test_only_the_question_is_answered(app: Flask) -> None:
    client = app.test_client()

    assert client.post("/healthz").status_code == 405
    assert client.get("/healthz/").status_code == 404
    assert client.get("/").status_code == 404
