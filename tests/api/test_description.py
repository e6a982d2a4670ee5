"""The description is true: whatever it allows is answered as it says, and what it does not allow is refused (schemathesis)."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.factories import a_contributor, a_magazine, a_section, a_topic, some_articles
from tests.profiles import examples

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture
def interface(db):
    a_magazine()
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    some_articles(25, ada, (ben, "translator"), section=a_section(), topics=[a_topic()])
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", within_the_test(get_wsgi_application()))


def within_the_test(application):
    """The application, on the connection of the test: a request's end would close it, as Django's own client knows."""

    def answered(environ, start_response):
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            response = application(environ, start_response)
            body = list(response)
            response.close()
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
        return body

    return answered


def test_what_the_description_allows_is_answered_as_it_says(interface):
    operations = [found.ok() for found in interface.get_all_operations()]

    assert len(operations) == 10
    for operation in operations:

        @settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def is_answered(case):
            case.call_and_validate(checks=CHECKS)

        is_answered()
