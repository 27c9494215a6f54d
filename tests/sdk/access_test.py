"""Strict signatures, TLS and many connections, with real clients."""

import datetime
import json
import re
import signal
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request

import boto3
import botocore.auth
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, SSLError

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
KEYS = {
    "AKIDEXAMPLE": {"secret": SECRET, "account": "123456789012"},
    "ASIATEMPORARY": {"secret": SECRET, "account": "123456789012", "sessionToken": "to/ken+=="},
    "ASIAEXPIRED": {
        "secret": SECRET,
        "account": "123456789012",
        "sessionToken": "token",
        "expiration": "2020-01-01T00:00:00Z",
    },
}
CALL = (
    b"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: Lightsail_20161128.GetInstances\r\n"
    b"Content-Type: application/x-amz-json-1.1\r\nContent-Length: 2\r\n\r\n{}"
)


@pytest.fixture(scope="module")
def strict(start, tmp_path_factory):
    file = tmp_path_factory.mktemp("strict") / "keys.json"
    file.write_text(json.dumps(KEYS))
    return start("--auth", "strict", "--credentials", file)


@pytest.fixture(scope="module")
def secure(start, tmp_path_factory):
    certificate = tmp_path_factory.mktemp("tls") / "cert.pem"
    server = start("--tls-self-signed", "--tls-cert-out", certificate)
    server.certificate = str(certificate)
    server.secure_url = server.url.replace("http://127.0.0.1", "https://localhost")
    return server


def client(url, key="AKIDEXAMPLE", secret=SECRET, token=None, **options):
    return boto3.client(
        "lightsail",
        endpoint_url=url,
        region_name="eu-central-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(retries={"total_max_attempts": 1}),
        **options,
    )


def refusal(lightsail):
    with pytest.raises(ClientError) as refused:
        lightsail.get_instances()
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def test_strict_accepts_a_valid_signature(strict):
    lightsail = client(strict.url)
    lightsail.create_key_pair(keyPairName="mine")
    (pair,) = lightsail.get_key_pairs()["keyPairs"]
    assert pair["arn"].startswith("arn:aws:lightsail:eu-central-1:123456789012:KeyPair/")


def test_strict_refuses_a_wrong_secret(strict):
    error, message = refusal(client(strict.url, secret="wrong"))
    assert error == "InvalidSignatureException"
    assert message.startswith("The request signature we calculated does not match")


def test_strict_refuses_an_unknown_key(strict):
    error, message = refusal(client(strict.url, key="AKIDUNKNOWN"))
    assert error == "UnrecognizedClientException"
    assert message == "The security token included in the request is invalid."


def test_strict_refuses_an_old_date(strict, monkeypatch):
    now = datetime.datetime.now(datetime.timezone.utc)
    past = now - datetime.timedelta(minutes=6)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: past)
    error, message = refusal(client(strict.url))
    assert error == "InvalidSignatureException"
    assert message.startswith(f"Signature expired: {past:%Y%m%dT%H%M%SZ} is now earlier than ")


def test_strict_refuses_temporary_keys_without_their_token_and_expired_ones(strict):
    temporary = {"key": "ASIATEMPORARY"}
    assert client(strict.url, token="to/ken+==", **temporary).get_instances()["instances"] == []
    assert refusal(client(strict.url, token="other", **temporary))[0] == (
        "UnrecognizedClientException"
    )
    assert refusal(client(strict.url, **temporary))[0] == "UnrecognizedClientException"
    assert refusal(client(strict.url, key="ASIAEXPIRED", token="token")) == (
        "ExpiredTokenException",
        "The security token included in the request is expired",
    )


def test_strict_answers_only_health_without_a_signature(strict):
    assert urllib.request.urlopen(strict.url + "/_papersail/health").status == 200
    headers = {"X-Amz-Target": "Lightsail_20161128.GetInstances",
               "Content-Type": "application/x-amz-json-1.1"}
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(strict.url, b"{}", headers))
    assert json.load(refused.value)["__type"] == "MissingAuthenticationTokenException"


def test_tls_serves_clients_that_trust_the_certificate(secure):
    lightsail = client(secure.secure_url, verify=secure.certificate)
    assert lightsail.get_instances()["instances"] == []
    assert client(secure.url).get_instances()["instances"] == []  # plain HTTP on the same port
    with pytest.raises(SSLError):
        client(secure.secure_url).get_instances()


def test_tls_transfers_a_large_response_and_a_large_request(secure):
    lightsail = client(secure.secure_url, verify=secure.certificate)
    assert len(lightsail.get_bundles(includeInactive=True)["bundles"]) > 50
    names = [f"{'a' * 200}{number}" for number in range(2000)]
    with pytest.raises(ClientError):  # 400 KB of input, which the service refuses
        lightsail.create_instances(
            instanceNames=names,
            availabilityZone="eu-central-1a",
            blueprintId="none",
            bundleId="none",
        )


def test_tls_serves_other_clients_after_a_client_closes_without_notice(secure):
    host, port = re.match(r"http://(.*):(\d+)", secure.url).groups()
    context = ssl.create_default_context(cafile=secure.certificate)
    for _ in range(20):
        plain = socket.create_connection((host, int(port)))
        with context.wrap_socket(plain, server_hostname="localhost") as connection:
            connection.send(CALL[:50])
    assert client(secure.url).get_instances()["instances"] == []


def connections(server, count):
    host, port = re.match(r"http://(.*):(\d+)", server.url).groups()
    for _ in range(count):
        yield socket.create_connection((host, int(port)))


def answered(connection):
    """True if the next response on the connection has status 200."""
    connection.settimeout(10)
    text = b""
    while b"\r\n\r\n" not in text:
        piece = connection.recv(65536)
        if not piece:
            return False
        text += piece
    return text.startswith(b"HTTP/1.1 200 ")


def test_the_server_responds_while_ten_thousand_connections_are_idle(start):
    resource = pytest.importorskip("resource")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    count = 10_000 if most == resource.RLIM_INFINITY else min(10_000, most // 4 * 3 - 100)
    server = start()
    lightsail = server.client()

    waiting = list(connections(server, count))
    for connection in waiting[::2]:
        connection.send(CALL[:70])  # half of them send a part of a request
    for slow in waiting[: count // 10 * 2 : 2]:
        slow.send(CALL[70:71])  # and some send one more byte
    for _ in range(200):  # tests/bench measures the speed
        lightsail.get_instances()
    for connection in waiting[1::1000]:
        connection.send(CALL)
        assert answered(connection)
    for connection in waiting:
        connection.close()


def test_the_server_answers_received_requests_after_sigterm(start):
    server = start()
    open_connections = list(connections(server, 300))
    for connection in open_connections:
        connection.send(CALL)
    server.process.send_signal(signal.SIGTERM)
    assert all(answered(connection) for connection in open_connections)
    assert server.process.wait(10) == 0


def test_the_server_exits_on_sigterm_under_load(start):
    server = start()
    good, bad = [], []

    def send_requests():
        (connection,) = connections(server, 1)
        try:
            while True:
                connection.send(CALL)
                if not answered(connection):
                    break  # closed between two requests, which is allowed
                good.append(1)
        except ConnectionError:
            pass
        except Exception as error:  # a missing or truncated response
            bad.append(error)

    threads = [threading.Thread(target=send_requests) for _ in range(20)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(10) == 0
    for thread in threads:
        thread.join(10)
    assert good and not bad
