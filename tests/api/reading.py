"""Reading the interface as a program does: by its description, and to the end of a list."""

import json
from functools import cache
from typing import Any

from django.test import Client
from jsonschema import Draft202012Validator

CLIENT = Client(raise_request_exception=True)
ORIGIN = "http://testserver"


def asked(path: str, **headers: str) -> Any:
    """The response to a program's request."""
    return CLIENT.get(path.removeprefix(ORIGIN), headers=headers)


def got(path: str) -> Any:
    """What is at an address, which has to be there and as it is described."""
    response = asked(path)
    assert response.status_code == 200, (path, response.content)
    assert response["Content-Type"].startswith("application/json")
    return json.loads(response.content)


def walked(path: str) -> list[dict[str, Any]]:
    """Everything in a list, page after page; the first says how many there are."""
    first = page = got(path)
    found = list(page["results"])
    seen = {path}
    while page["next"]:
        assert page["next"] not in seen
        seen.add(page["next"])
        page = got(page["next"])
        assert "count" not in page
        found += page["results"]
    assert first["count"] == len(found)
    return found


@cache
def described() -> dict[str, Any]:
    return got("/api/v1/openapi.json")


def is_as_described(path: str, data: Any) -> None:
    """Fails unless data is what the description says is at a path such as `/articles/{id}/`."""
    response = described()["paths"][path]["get"]["responses"]["200"]
    schema = {**response["content"]["application/json"]["schema"], "components": described()["components"]}
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)
