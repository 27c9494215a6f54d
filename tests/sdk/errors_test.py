import json
import urllib.error
import urllib.request

import pytest
from papersail import LAUNCH, launch, names


def refusal(call, **arguments):
    """Returns the exception's name, the service's own code and the message of a refused call."""
    with pytest.raises(call.__self__.exceptions.ClientError) as refused:
        call(**arguments)
    response = refused.value.response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert response["ResponseMetadata"]["RequestId"]
    assert type(refused.value).__name__ == response["Error"]["Code"]
    return response["Error"]["Code"], response.get("code"), response["Error"]["Message"]


def test_get_instance_refuses_an_unknown_name(lightsail):
    error, _, message = refusal(lightsail.get_instance, instanceName="nobody")
    assert (error, message) == ("NotFoundException", "The Instance does not exist: nobody")


def test_create_instances_refuses_a_name_in_use(lightsail):
    launch(lightsail, "web")
    assert refusal(lightsail.create_key_pair, keyPairName="web") == (
        "InvalidInputException",
        "NameExists",
        "Some names are already in use: web",
    )
    error, code, message = refusal(
        lightsail.create_instances, instanceNames=["db", "web"], **LAUNCH
    )
    assert (error, code) == ("InvalidInputException", "NameExists")
    assert message == "Some names are already in use: web"
    assert names(lightsail) == ["web"]


def test_create_instances_refuses_a_zone_of_another_region(instant):
    lightsail = instant.client(region="us-east-2")
    error, _, message = refusal(lightsail.create_instances, instanceNames=["web"], **LAUNCH)
    assert error == "InvalidInputException"
    assert message == (
        "The given Availability Zone is invalid. It must be one of the following: "
        "us-east-2a,us-east-2b,us-east-2c."
    )


def test_create_instances_refuses_an_unknown_bundle(lightsail):
    launching = {**LAUNCH, "bundleId": "pico_3_0"}
    error, _, message = refusal(lightsail.create_instances, instanceNames=["web"], **launching)
    assert error == "NotFoundException"
    assert message == "The specified bundle does not exist in this region: pico_3_0"


def test_create_key_pair_refuses_an_invalid_name(lightsail):
    error, _, message = refusal(lightsail.create_key_pair, keyPairName="my key")
    assert error == "InvalidInputException"
    assert message == (
        "my key is not a valid resource name. Resource names must be at least 2 characters long "
        "and contain only alphanumerics, -, _, and ."
    )


def test_the_server_validates_input_that_the_client_does_not(instant):
    lightsail = instant.client(parameter_validation=False)
    error, _, message = refusal(lightsail.create_instances, instanceNames=["web"])
    assert error == "InvalidInputException" and "availabilityZone" in message
    error, _, message = refusal(lightsail.get_instance, instanceName=7)
    assert error == "InvalidInputException" and "instanceName" in message
    error, _, message = refusal(
        lightsail.get_instance_access_details, instanceName="web", protocol="telnet"
    )
    assert error == "InvalidInputException" and "protocol" in message


def test_the_server_refuses_an_unknown_action(instant):
    request = urllib.request.Request(
        instant.url,
        b"{}",
        {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": "Lightsail_20161128.MakeCoffee",
        },
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    with refused.value as answer:
        assert answer.headers["x-amzn-ErrorType"] == "UnknownOperationException"
        assert json.load(answer)["__type"] == "UnknownOperationException"
