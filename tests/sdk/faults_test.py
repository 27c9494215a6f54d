import json
import urllib.request

import pytest

ACCOUNT = "100000009001"
RETRYING = {"retries": {"mode": "standard", "max_attempts": 3}}


def control(server, method, path, body=None):
    """The JSON answer of papersail's own API."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server.url + "/_papersail" + path, data, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


@pytest.fixture
def order(instant):
    """Orders a fault for the account; all of them go with the test."""
    path = f"/accounts/{ACCOUNT}/faults"
    yield lambda **fault: control(instant, "POST", path, fault)
    control(instant, "DELETE", path)


def attempts(response):
    return response["ResponseMetadata"]["RetryAttempts"] + 1


def test_throttling_is_retried(instant, order):
    order(action="GetRegions", times=2, error={"type": "ThrottlingException"})
    response = instant.client(ACCOUNT, **RETRYING).get_regions()
    assert attempts(response) == 3
    assert response["regions"]


def test_throttling_that_goes_on_is_told(instant, order):
    order(action="GetRegions", error={"type": "ThrottlingException"})
    lightsail = instant.client(ACCOUNT, **RETRYING)
    with pytest.raises(lightsail.exceptions.ClientError) as refused:
        lightsail.get_regions()
    assert refused.value.response["Error"] == {
        "Code": "ThrottlingException",
        "Message": "Rate exceeded",
    }


@pytest.mark.parametrize("lost", [{"error": {"type": "ServiceUnavailable"}}, {"reset": True}])
def test_a_creation_whose_answer_is_lost_is_not_safe_to_retry(instant, order, lost):
    """What boto3 makes of it by itself: its second attempt finds the first one's key pair."""
    name = "lost-" + next(iter(lost))
    order(action="CreateKeyPair", times=1, phase="after", **lost)
    lightsail = instant.client(ACCOUNT, **RETRYING)
    with pytest.raises(lightsail.exceptions.InvalidInputException) as refused:
        lightsail.create_key_pair(keyPairName=name)
    assert refused.value.response["code"] == "NameExists"
    assert attempts(refused.value.response) == 2
    assert lightsail.get_key_pair(keyPairName=name)["keyPair"]["name"] == name


def test_an_operation_fails_later(instant, order):
    lightsail = instant.client(ACCOUNT)
    order(action="CreateInstances", operation={"errorCode": "InsufficientCapacity"})
    operation = lightsail.create_instances(
        instanceNames=["never"],
        availabilityZone="us-east-1a",
        blueprintId="ubuntu_24_04",
        bundleId="nano_3_0",
    )["operations"][0]
    ended = lightsail.get_operation(operationId=operation["id"])["operation"]
    assert (ended["status"], ended["errorCode"]) == ("Failed", "InsufficientCapacity")
    state = lightsail.get_instance(instanceName="never")["instance"]["state"]
    assert state["name"] == "terminated"
