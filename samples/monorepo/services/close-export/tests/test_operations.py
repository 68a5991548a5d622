import requests
import responses

from close_export.operations import wait_for


@responses.activate
def test_waits_until_the_operation_has_ended():
    responses.get(
        "https://api.app.wdesk.com/platform/v1/operations/op-1",
        json={"id": "op-1", "status": "completed"},
    )
    assert wait_for(requests.Session(), "op-1")["status"] == "completed"
