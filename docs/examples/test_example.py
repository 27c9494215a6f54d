"""What a test can do with papersail that it cannot do with the cloud."""


def launch(lightsail, name):
    return lightsail.create_instances(
        instanceNames=[name],
        availabilityZone="us-east-1a",
        blueprintId="ubuntu_24_04",
        bundleId="nano_3_0",
    )["operations"][0]


def state(lightsail, name):
    return lightsail.get_instance(instanceName=name)["instance"]["state"]["name"]


def test_every_test_has_an_account_of_its_own(lightsail):
    assert lightsail.get_instances()["instances"] == []
    launch(lightsail, "web")  # the name is free, whatever other tests do


def test_time_passes_when_the_test_says_so(account, lightsail):
    launch(lightsail, "web")
    assert state(lightsail, "web") == "pending"
    account.advance(minutes=5)
    assert state(lightsail, "web") == "running"


def test_a_week_of_automatic_snapshots(account, lightsail):
    launch(lightsail, "web")
    account.advance(minutes=5)
    lightsail.enable_add_on(resourceName="web", addOnRequest={"addOnType": "AutoSnapshot"})
    account.advance(days=8)
    assert len(lightsail.get_auto_snapshots(resourceName="web")["autoSnapshots"]) == 7


def test_the_client_retries_a_throttled_call(account, lightsail):
    account.add_fault("CreateInstances", error={"type": "ThrottlingException"}, times=1)
    assert launch(lightsail, "web")["status"] == "Started"


def test_a_launch_that_fails_after_it_was_accepted(account, lightsail):
    account.add_fault("CreateInstances", operation={"errorCode": "InsufficientCapacity"})
    operation = launch(lightsail, "web")
    account.advance(minutes=5)
    ended = lightsail.get_operation(operationId=operation["id"])["operation"]
    assert (ended["status"], ended["errorCode"]) == ("Failed", "InsufficientCapacity")
    assert state(lightsail, "web") == "terminated"
