"""Calls of other AWS services: a few are answered, the others fail at once."""

import http.server
import json
import os
import subprocess
import sys
import threading
import urllib.request

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from papersail import BINARY, accounts

KEYS = {"AKIDEXAMPLE": {"secret": "secret", "account": "123456789012"}}
ELSEWHERE = (
    "set AWS_ENDPOINT_URL_LIGHTSAIL alone, without AWS_ENDPOINT_URL, to send every other service "
    "elsewhere"
)


def client(server, service, key=None, secret="test", token=None, **config):
    return boto3.client(
        service,
        endpoint_url=server.url,
        region_name="eu-central-1",
        aws_access_key_id=str(key or next(accounts)),
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(**config),
    )


def with_keys(server, service, keys):
    return client(
        server, service, keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]
    )


def requests_of(server, account):
    """Returns the record of the account's requests."""
    url = f"{server.url}/_papersail/requests?account={account}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)["requests"]


# Services of each protocol of AWS: a call, and the end of the service's variable.
UNSERVED = [
    ("sqs", "list_queues", {}, "SQS"),
    ("dynamodb", "list_tables", {}, "DYNAMODB"),
    ("lambda", "list_functions", {}, "LAMBDA"),
    ("ec2", "describe_instances", {}, "EC2"),
    ("sns", "list_topics", {}, "SNS"),
    ("s3", "list_objects_v2", {"Bucket": "bucket"}, "S3"),
    ("route53", "list_hosted_zones", {}, "ROUTE_53"),
    ("cloudwatch", "list_metrics", {}, "CLOUDWATCH"),
    ("logs", "describe_log_groups", {}, "CLOUDWATCH_LOGS"),
    ("organizations", "list_accounts", {}, "ORGANIZATIONS"),
    ("sts", "get_federation_token", {"Name": "name"}, "STS"),
]


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
@pytest.mark.parametrize(
    "service, call, arguments, variable", UNSERVED, ids=[row[0] for row in UNSERVED]
)
def test_a_service_that_is_not_served_fails_after_one_request(
    instant, mode, service, call, arguments, variable
):
    account = next(accounts)
    other = client(instant, service, account, retries={"mode": mode})
    with pytest.raises(ClientError) as refused:
        getattr(other, call)(**arguments)
    message = refused.value.response["Error"]["Message"]
    assert message.startswith("papersail serves Amazon Lightsail, not ")
    assert f" set AWS_ENDPOINT_URL_{variable} to send " in message
    assert ELSEWHERE in message
    (request,) = requests_of(instant, account)
    assert request["status"] == 501 and request["errorType"] == "NotImplementedException"


@pytest.fixture
def aws(instant):
    """Runs `aws` with AWS_ENDPOINT_URL; returns its exit code and its output."""
    account = str(next(accounts))
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": instant.url,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }

    def run(*arguments):
        command = [sys.executable, "-m", "awscli", *arguments]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        return done.returncode, done.stdout + done.stderr

    run.account, run.environment = account, environment
    return run


def test_aws_checks_the_shell_first(aws):
    code, identity = aws("sts", "get-caller-identity")
    assert code == 0 and json.loads(identity)["Account"] == aws.account
    assert aws("s3", "ls") == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("sqs", "list-queues"),
        ("dynamodb", "list-tables"),
        ("lambda", "list-functions"),
        ("ec2", "describe-instances"),
        ("s3", "ls", "s3://bucket"),
        ("s3", "cp", "-", "s3://bucket/key"),
    ],
    ids=" ".join,
)
def test_aws_shows_why_another_service_fails(instant, aws, arguments):
    # Version 1 ignores AWS_ENDPOINT_URL for SQS, and would call AWS.
    code, output = aws("--endpoint-url", instant.url, *arguments)
    assert code != 0
    assert "papersail serves Amazon Lightsail, not " in output and ELSEWHERE in output
    assert len(requests_of(instant, aws.account)) == 1


def test_identity_of_the_caller(instant):
    account = str(next(accounts))
    identity = client(instant, "sts", account).get_caller_identity()
    assert identity["Account"] == account
    assert identity["Arn"] == f"arn:aws:iam::{account}:user/papersail"
    user = client(instant, "iam", account).get_user()["User"]
    assert user["Arn"] == identity["Arn"] and user["UserId"] == identity["UserId"]
    assert user["CreateDate"].year == 2016
    assert client(instant, "iam", account).list_account_aliases()["AccountAliases"] == []


def test_an_assumed_role_works_in_its_account(instant):
    home, other = str(next(accounts)), str(next(accounts))
    role = client(instant, "sts", home).assume_role(
        RoleArn=f"arn:aws:iam::{other}:role/deploy", RoleSessionName="test"
    )
    assert role["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{other}:assumed-role/deploy/test"
    with_keys(instant, "lightsail", role["Credentials"]).create_key_pair(keyPairName="mine")
    pairs = lambda account: client(instant, "lightsail", account).get_key_pairs()["keyPairs"]
    assert [pair["name"] for pair in pairs(other)] == ["mine"] and pairs(home) == []


def test_strict_verifies_other_services_and_accepts_temporary_keys(start, tmp_path):
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(KEYS))
    strict = start("--auth", "strict", "--credentials", file)
    own = lambda service: client(strict, service, "AKIDEXAMPLE", "secret")
    assert own("sts").get_caller_identity()["Account"] == "123456789012"
    assert own("s3").list_buckets()["Buckets"] == []
    with pytest.raises(ClientError, match="NotImplemented.* not S3: "):
        own("s3").get_object(Bucket="bucket", Key="a b/c$+d")
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        client(strict, "sts", "AKIDEXAMPLE", "wrong").get_caller_identity()
    with pytest.raises(ClientError, match="UnrecognizedClientException"):
        client(strict, "dynamodb", "AKIDUNKNOWN").list_tables()
    keys = own("sts").get_session_token()["Credentials"]
    assert with_keys(strict, "lightsail", keys).get_instances()["instances"] == []
    role = own("sts").assume_role(
        RoleArn="arn:aws:iam::123456789012:role/ops", RoleSessionName="test"
    )["Credentials"]
    assert with_keys(strict, "lightsail", role).get_instances()["instances"] == []
    assert with_keys(strict, "sts", role).get_caller_identity()["Arn"].endswith("/ops/test")
    with pytest.raises(ClientError, match="InvalidSignatureException"):
        with_keys(strict, "lightsail", {**keys, "SecretAccessKey": "x"}).get_instances()


def test_regions_and_zones(instant):
    ec2 = client(instant, "ec2")
    lightsail = instant.client()
    regions = {region["name"] for region in lightsail.get_regions()["regions"]}
    found = ec2.describe_regions(AllRegions=False)["Regions"]
    assert {region["RegionName"] for region in found} == regions
    available = [{"Name": "state", "Values": ["available"]}]
    zones = ec2.describe_availability_zones(Filters=available)["AvailabilityZones"]
    assert [zone["ZoneName"] for zone in zones] == [f"eu-central-1{letter}" for letter in "abc"]
    assert zones[0]["ZoneId"] == "euc1-az1"


def test_tagged_resources(instant):
    account = next(accounts)
    lightsail = instant.client(account, "eu-central-1")
    for number in range(5):
        lightsail.create_key_pair(
            keyPairName=f"key-{number}", tags=[{"key": "number", "value": str(number)}]
        )
    lightsail.create_key_pair(keyPairName="plain")
    tagging = client(instant, "resourcegroupstaggingapi", account)
    pages = tagging.get_paginator("get_resources").paginate(
        ResourceTypeFilters=["lightsail:KeyPair"], PaginationConfig={"PageSize": 2}
    )
    found = [mapping for page in pages for mapping in page["ResourceTagMappingList"]]
    assert {mapping["Tags"][0]["Value"] for mapping in found} == set("01234")
    one = tagging.get_resources(TagFilters=[{"Key": "number", "Values": ["3"]}])
    (mapping,) = one["ResourceTagMappingList"]
    assert mapping["ResourceARN"].startswith(f"arn:aws:lightsail:eu-central-1:{account}:KeyPair/")
    assert tagging.get_tag_keys()["TagKeys"] == ["number"]
    assert tagging.get_tag_values(Key="number")["TagValues"] == list("01234")
    assert (
        client(instant, "resourcegroupstaggingapi").get_resources()["ResourceTagMappingList"] == []
    )


def test_beside_another_emulator(instant, aws):
    """A server that answers STS alone stands for the other emulator."""
    identity = (
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>222222222222</Account>"
        "</GetCallerIdentityResult></GetCallerIdentityResponse>"
    ).encode()

    class Other(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(identity)))
            self.end_headers()
            self.wfile.write(identity)

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        variables = subprocess.run(
            [BINARY, "env", "--lightsail-only", "--json", "--endpoint", instant.url],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        aws.environment.update(json.loads(variables.stdout))
        aws.environment["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{other.server_port}"
        code, identity_shown = aws("sts", "get-caller-identity")
        assert code == 0 and json.loads(identity_shown) == {"Account": "222222222222"}
        assert aws("lightsail", "get-instances", "--query", "instances") == (0, "[]\n")
        other.shutdown()
    assert "STS" in variables.stderr
    assert [one["action"] for one in requests_of(instant, aws.account)] == ["GetInstances"]
