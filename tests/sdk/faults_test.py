import json
import urllib.request

import pytest

ACCOUNT = "100000009001"
RETRYING = {"retries": {"mode": "standard", "max_attempts": 3}}


def control(server, method, path, body=None):
    """Returns the JSON response of the control API."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server.url + "/_papersail" + path, data, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


@pytest.fixture
def add_fault(instant):
    """Adds a fault to the account. Removes all faults after the test."""
    path = f"/accounts/{ACCOUNT}/faults"
    yield lambda **fault: control(instant, "POST", path, fault)
    control(instant, "DELETE", path)


def attempts(response):
    return response["ResponseMetadata"]["RetryAttempts"] + 1


def test_boto3_retries_throttled_requests(instant, add_fault):
    add_fault(action="GetRegions", times=2, error={"type": "ThrottlingException"})
    response = instant.client(ACCOUNT, **RETRYING).get_regions()
    assert attempts(response) == 3
    assert response["regions"]


def test_boto3_raises_throttling_exception_after_the_last_attempt(instant, add_fault):
    add_fault(action="GetRegions", error={"type": "ThrottlingException"})
    lightsail = instant.client(ACCOUNT, **RETRYING)
    with pytest.raises(lightsail.exceptions.ClientError) as refused:
        lightsail.get_regions()
    assert refused.value.response["Error"] == {
        "Code": "ThrottlingException",
        "Message": "Rate exceeded",
    }


@pytest.mark.parametrize("lost", [{"error": {"type": "ServiceUnavailable"}}, {"reset": True}])
def test_boto3_gets_name_exists_when_it_retries_after_a_lost_response(instant, add_fault, lost):
    """The first attempt has made the key pair; boto3 sends the second one by itself."""
    name = "lost-" + next(iter(lost))
    add_fault(action="CreateKeyPair", times=1, phase="after", **lost)
    lightsail = instant.client(ACCOUNT, **RETRYING)
    with pytest.raises(lightsail.exceptions.InvalidInputException) as refused:
        lightsail.create_key_pair(keyPairName=name)
    assert refused.value.response["code"] == "NameExists"
    assert attempts(refused.value.response) == 2
    assert lightsail.get_key_pair(keyPairName=name)["keyPair"]["name"] == name


def test_an_operation_fault_fails_the_operation_not_the_request(instant, add_fault):
    lightsail = instant.client(ACCOUNT)
    add_fault(action="CreateInstances", operation={"errorCode": "InsufficientCapacity"})
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
