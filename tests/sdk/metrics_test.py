"""Metrics, address types and metadata options of instances, and VPC peering."""

import datetime

import pytest
from papersail import instance, launch, poll, succeed

MINUTE = datetime.timedelta(minutes=1)


def points(lightsail, metric, unit, statistics, start, end, period=60):
    answer = lightsail.get_instance_metric_data(
        instanceName="web",
        metricName=metric,
        unit=unit,
        statistics=statistics,
        startTime=start,
        endTime=end,
        period=period,
    )
    assert answer["metricName"] == metric
    return answer["metricData"]


def test_get_instance_metric_data_returns_consistent_points_of_an_hour(start):
    # An hour passes in a second.
    lightsail = start("--lifecycle", "instant", "--clock", "x3600").client()
    launch(lightsail, "web")
    born = instance(lightsail, "web")["createdAt"]

    def cpu(statistics, period):
        end = born + 60 * MINUTE
        return points(lightsail, "CPUUtilization", "Percent", statistics, born, end, period)

    everything = ["Sum", "Average", "Minimum", "Maximum", "SampleCount"]
    parts = poll(lambda: cpu(everything, 300), lambda found: len(found) == 12)
    [hour] = cpu(everything, 3600)
    assert hour["sum"] == sum(point["sum"] for point in parts)
    assert hour["sampleCount"] == sum(point["sampleCount"] for point in parts)
    for point in [hour, *parts]:
        assert point["unit"] == "Percent"
        assert 0 <= point["minimum"] <= point["average"] <= point["maximum"] <= 100
        assert point["average"] == pytest.approx(point["sum"] / point["sampleCount"])
    assert set(cpu(["Maximum"], 3600)[0]) == {"timestamp", "unit", "maximum"}


def test_get_instance_metric_data_returns_no_points_for_a_new_instance(lightsail):
    launch(lightsail, "web")
    now = datetime.datetime.now(datetime.UTC)

    def sent(start, end, period):
        return points(lightsail, "NetworkOut", "Bytes", ["Sum"], start, end, period)

    assert sent(now - 60 * MINUTE, now, 300) == []
    # One period of a month, as in an example of the AWS CLI.
    assert sent(now - datetime.timedelta(days=300), now, 2628000) == []
    # More than 1440 periods are no error.
    assert sent(now - 1441 * MINUTE, now, 60) == []
    for wrong in ((now - 60 * MINUTE, now, 90), (now, now - MINUTE, 60), (now, now, 60)):
        with pytest.raises(lightsail.exceptions.InvalidInputException):
            sent(*wrong)


def test_set_ip_address_type_changes_addresses_and_bundle(lightsail):
    launch(lightsail, "web", ipAddressType="ipv4")

    def set_type(name, **options):
        answer = lightsail.set_ip_address_type(
            resourceType="Instance", resourceName="web", ipAddressType=name, **options
        )
        succeed(lightsail, answer["operations"])
        return instance(lightsail, "web")

    assert instance(lightsail, "web")["ipv6Addresses"] == []
    assert len(set_type("dualstack")["ipv6Addresses"]) == 1
    with pytest.raises(lightsail.exceptions.InvalidInputException):
        set_type("ipv6")
    alone = set_type("ipv6", acceptBundleUpdate=True)
    assert alone["bundleId"] == "nano_ipv6_3_0"
    assert "publicIpAddress" not in alone
    assert set_type("ipv4", acceptBundleUpdate=True)["bundleId"] == "nano_3_0"


def test_update_instance_metadata_options_applies_the_options(lightsail):
    launch(lightsail, "web")
    operation = lightsail.update_instance_metadata_options(
        instanceName="web", httpTokens="required", httpPutResponseHopLimit=2
    )["operation"]
    succeed(lightsail, [operation])
    options = instance(lightsail, "web")["metadataOptions"]
    assert options["state"] == "applied"
    assert options["httpTokens"] == "required" and options["httpPutResponseHopLimit"] == 2


def test_peer_vpc_and_unpeer_vpc_change_the_peering(lightsail):
    assert not lightsail.is_vpc_peered()["isPeered"]
    peered = lightsail.peer_vpc()["operation"]
    assert peered["operationType"] == "PeeredVpc" and peered["isTerminal"]
    assert lightsail.is_vpc_peered()["isPeered"]
    assert lightsail.unpeer_vpc()["operation"]["resourceName"] == peered["resourceName"]
    assert not lightsail.is_vpc_peered()["isPeered"]
