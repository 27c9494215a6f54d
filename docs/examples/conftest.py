"""Fixtures for tests against papersail. Copy this file to your tests."""

import datetime
import json
import os
import secrets
import urllib.request

import boto3
import pytest

ENDPOINT = os.environ.get("PAPERSAIL_ENDPOINT", "http://127.0.0.1:4566")


class Account:
    """An account of papersail: a boto3 client for it, its clock and its faults."""

    def __init__(self):
        self.id = str(10**11 + secrets.randbelow(9 * 10**11))  # twelve digits
        self.lightsail = boto3.client(
            "lightsail",
            endpoint_url=ENDPOINT,
            region_name="us-east-1",
            aws_access_key_id=self.id,
            aws_secret_access_key="test",
        )

    def stop_clock(self, now):
        self._request("PUT", "/clock", {"mode": "manual", "now": now})

    def advance(self, **time):
        seconds = datetime.timedelta(**time).total_seconds()
        self._request("POST", "/clock/advance", {"seconds": seconds})

    def add_fault(self, action, **fault):
        self._request("POST", "/faults", {"action": action, **fault})

    def remove(self):
        self._request("DELETE", "")

    def _request(self, method, path, body=None):
        request = urllib.request.Request(
            f"{ENDPOINT}/_papersail/accounts/{self.id}{path}",
            method=method,
            data=json.dumps(body).encode() if body else None,
        )
        urllib.request.urlopen(request).close()


@pytest.fixture
def account():
    """An account of this test's own, where time stands still until the test advances it."""
    account = Account()
    account.stop_clock("2026-01-01T00:00:00Z")
    yield account
    account.remove()


@pytest.fixture
def lightsail(account):
    return account.lightsail
