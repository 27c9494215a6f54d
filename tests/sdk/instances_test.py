import datetime
import ipaddress
import uuid

import pytest
from papersail import instance, launch, names, poll, run, succeed

def state(lightsail, name):
    return lightsail.get_instance_state(instanceName=name)["state"]["name"]


def ports(lightsail, name):
    states = lightsail.get_instance_port_states(instanceName=name)["portStates"]
    assert all(port["state"] == "open" for port in states)
    return {
        (port["protocol"], port["fromPort"], port["toPort"]): port["cidrs"] + port["ipv6Cidrs"]
        for port in states
    }


def test_instances_are_created_stopped_started_rebooted_and_deleted(fast):
    lightsail = fast.client()
    tags = [{"key": "stage", "value": "test"}, {"key": "bare"}]
    started = launch(lightsail, "web", "db", tags=tags)
    assert [op["resourceName"] for op in started] == ["web", "db"]
    for op in started:
        assert op["operationType"] == "CreateInstance"
        assert op["status"] == "Started" and not op["isTerminal"]
        assert op["location"] == {"availabilityZone": "us-east-1a", "regionName": "us-east-1"}
        assert uuid.UUID(op["id"]).version == 4
    assert state(lightsail, "web") == "pending"
    assert [op["id"] for op in succeed(lightsail, started)] == [op["id"] for op in started]

    web = instance(lightsail, "web")
    assert web["state"] == {"code": 16, "name": "running"}
    assert web["tags"] == tags
    assert web["blueprintName"] == "Ubuntu" and web["username"] == "ubuntu"
    assert web["hardware"]["ramSizeInGb"] == 0.5
    assert {port["fromPort"] for port in web["networking"]["ports"]} == {22, 80}
    assert ipaddress.ip_address(web["privateIpAddress"]) in ipaddress.ip_network("172.26.0.0/16")
    assert isinstance(web["createdAt"], datetime.datetime)
    assert abs((web["createdAt"] - datetime.datetime.now(datetime.UTC)).total_seconds()) < 60

    stopping = lightsail.stop_instance(instanceName="web")["operations"]
    assert stopping[0]["operationType"] == "StopInstance" and not stopping[0]["isTerminal"]
    assert state(lightsail, "web") == "stopping"
    succeed(lightsail, stopping)
    stopped = instance(lightsail, "web")
    assert stopped["state"] == {"code": 80, "name": "stopped"}
    assert "publicIpAddress" not in stopped

    succeed(lightsail, lightsail.start_instance(instanceName="web")["operations"])
    again = instance(lightsail, "web")
    assert again["state"]["name"] == "running"
    assert again["publicIpAddress"] != web["publicIpAddress"]
    assert again["privateIpAddress"] == web["privateIpAddress"]

    reboot = lightsail.reboot_instance(instanceName="web")["operations"][0]
    assert reboot["status"] == "Succeeded" and reboot["operationDetails"] == ""
    assert state(lightsail, "web") == "running"

    deleted = lightsail.delete_instance(instanceName="web")["operations"]
    assert [op["operationType"] for op in deleted] == ["DeleteInstance"]
    assert deleted[0]["isTerminal"]
    with pytest.raises(lightsail.exceptions.NotFoundException):
        lightsail.get_instance(instanceName="web")
    assert [one["name"] for one in lightsail.get_instances()["instances"]] == ["db"]
    history = lightsail.get_operations_for_resource(resourceName="web")["operations"]
    assert [op["operationType"] for op in history] == [
        "DeleteInstance",
        "RebootInstance",
        "StartInstance",
        "StopInstance",
        "CreateInstance",
    ]


def test_create_instances_accepts_the_name_of_a_deleted_instance(lightsail):
    launch(lightsail, "web")
    first = instance(lightsail, "web")
    lightsail.delete_instance(instanceName="web")
    launch(lightsail, "web")
    assert instance(lightsail, "web")["arn"] != first["arn"]


def test_ports_are_opened_put_and_closed(lightsail):
    launch(lightsail, "web")
    everyone = ["0.0.0.0/0", "::/0"]
    assert ports(lightsail, "web") == {("tcp", 22, 22): everyone, ("tcp", 80, 80): everyone}

    opened = lightsail.open_instance_public_ports(
        instanceName="web",
        portInfo={"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrs": ["203.0.113.0/24"]},
    )["operation"]
    assert opened["operationType"] == "OpenInstancePublicPorts"
    assert opened["operationDetails"] == "443/tcp" and opened["status"] == "Succeeded"
    assert ports(lightsail, "web")["tcp", 443, 443] == ["203.0.113.0/24"]
    https = instance(lightsail, "web")["networking"]["ports"][-1]
    assert https["accessFrom"].startswith("Custom") and https["accessType"] == "public"

    ping = {"protocol": "icmp", "fromPort": 8, "toPort": -1}
    lightsail.put_instance_public_ports(
        instanceName="web",
        portInfos=[ping, {"protocol": "udp", "fromPort": 6000, "toPort": 6010}],
    )
    assert set(ports(lightsail, "web")) == {("icmp", 8, -1), ("udp", 6000, 6010)}
    lightsail.close_instance_public_ports(instanceName="web", portInfo=ping)
    assert set(ports(lightsail, "web")) == {("udp", 6000, 6010)}


def test_get_instance_port_states_returns_all_protocols_as_minus_one(lightsail):
    launch(lightsail, "web")
    everything = {"protocol": "all", "fromPort": 0, "toPort": 65535}
    lightsail.put_instance_public_ports(instanceName="web", portInfos=[everything])
    assert set(ports(lightsail, "web")) == {("-1", 0, 65535)}


def test_get_instance_access_details_returns_keys_that_openssh_reads(lightsail, tmp_path):
    launch(lightsail, "web")
    details = lightsail.get_instance_access_details(instanceName="web")["accessDetails"]
    assert details["username"] == "ubuntu" and details["protocol"] == "ssh"
    assert details["ipAddress"] == instance(lightsail, "web")["publicIpAddress"]
    assert details["expiresAt"] > datetime.datetime.now(datetime.UTC)

    key, certificate = tmp_path / "key", tmp_path / "key-cert.pub"
    key.write_text(details["privateKey"])
    key.chmod(0o600)
    certificate.write_text(details["certKey"])
    fingerprint = run("ssh-keygen", "-l", "-f", key).split()[1]
    shown = run("ssh-keygen", "-L", "-f", certificate)
    assert "ssh-rsa-cert-v01@openssh.com user certificate" in shown
    assert f"Public key: RSA-CERT {fingerprint}" in shown
    principals = shown.split("Principals:")[1].split("Critical Options:")[0]
    assert "ubuntu" in principals.split()

    for host_key in details["hostKeys"]:
        known = tmp_path / "known_hosts"
        known.write_text(f"web {host_key['algorithm']} {host_key['publicKey']}\n")
        assert host_key["fingerprintSHA256"] in run("ssh-keygen", "-l", "-f", known)
    assert {"ssh-rsa", "ecdsa-sha2-nistp256", "ssh-ed25519"} == {
        host_key["algorithm"] for host_key in details["hostKeys"]
    }


def test_get_instance_access_details_encrypts_the_windows_password(lightsail, tmp_path):
    key = tmp_path / "key.pem"
    key.write_text(lightsail.create_key_pair(keyPairName="admin")["privateKeyBase64"])
    windows = {"blueprintId": "windows_server_2022", "bundleId": "medium_win_3_0"}
    launch(lightsail, "desk", keyPairName="admin", **windows)
    launch(lightsail, "plain", **windows)

    own = lightsail.get_instance_access_details(instanceName="desk", protocol="rdp")
    own = own["accessDetails"]
    assert own["username"] == "Administrator" and own["passwordData"]["keyPairName"] == "admin"
    secret = tmp_path / "secret"
    secret.write_text(own["passwordData"]["ciphertext"])
    run("openssl", "base64", "-d", "-A", "-in", secret, "-out", tmp_path / "raw")
    password = run("openssl", "pkeyutl", "-decrypt", "-inkey", key, "-in", tmp_path / "raw")
    assert len(password) >= 8 and password.isprintable()
    assert not own.get("password")

    plain = lightsail.get_instance_access_details(instanceName="plain")["accessDetails"]
    assert plain["protocol"] == "rdp" and len(plain["password"]) >= 8
    assert plain["password"] != password


def test_get_instance_access_details_refuses_while_a_windows_instance_is_pending(fast):
    lightsail = fast.client()
    started = launch(lightsail, "desk", blueprintId="windows_server_2022", bundleId="nano_win_3_0")
    with pytest.raises(lightsail.exceptions.OperationFailureException):
        lightsail.get_instance_access_details(instanceName="desk")
    succeed(lightsail, started)
    details = lightsail.get_instance_access_details(instanceName="desk")["accessDetails"]
    assert details["password"] == details["passwordData"]["ciphertext"] == ""


def test_tags_are_added_overwritten_and_removed(lightsail):
    launch(lightsail, "web", tags=[{"key": "stage", "value": "test"}])
    tagged = lightsail.tag_resource(
        resourceName="web", tags=[{"key": "stage", "value": "live"}, {"key": "team", "value": "a"}]
    )["operations"]
    assert tagged[0]["operationType"] == "TagResource" and tagged[0]["isTerminal"]
    assert instance(lightsail, "web")["tags"] == [
        {"key": "stage", "value": "live"},
        {"key": "team", "value": "a"},
    ]
    lightsail.untag_resource(resourceName="web", tagKeys=["stage", "absent"])
    assert instance(lightsail, "web")["tags"] == [{"key": "team", "value": "a"}]


def test_delete_instance_refuses_an_instance_with_an_add_on(lightsail):
    launch(lightsail, "web", addOns=[{"addOnType": "AutoSnapshot"}])
    with pytest.raises(lightsail.exceptions.InvalidInputException) as refused:
        lightsail.delete_instance(instanceName="web")
    assert refused.value.response["Error"]["Message"] == (
        "You cannot delete the Instance web with addons. Specify the forceDeleteAddons parameter "
        "to delete the Instance and its associated addons."
    )
    lightsail.delete_instance(instanceName="web", forceDeleteAddOns=True)
    assert names(lightsail) == []


def test_paginators_return_all_pages(start, tmp_path):
    (tmp_path / "quotas.json").write_text('{"Instance": null}')
    lightsail = start("--lifecycle", "instant", "--quotas", tmp_path / "quotas.json").client()
    launched = [f"web-{number:03}" for number in range(250)]
    launch(lightsail, *launched)
    pages = list(lightsail.get_paginator("get_instances").paginate())
    assert len(pages) > 1
    found = [one["name"] for page in pages for one in page["instances"]]
    assert len(found) == 250 and sorted(found) == launched
    active = lightsail.get_paginator("get_active_names").paginate()
    assert set(launched) <= {name for page in active for name in page["activeNames"]}
    operations = lightsail.get_paginator("get_operations").paginate()
    assert len({op["id"] for page in operations for op in page["operations"]}) == 250


def test_get_instance_state_becomes_running(fast):
    lightsail = fast.client()
    launch(lightsail, "web")
    poll(lambda: state(lightsail, "web"), lambda name: name == "running", 2)
