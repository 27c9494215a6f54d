import hashlib
import subprocess

import pytest
from papersail import instance, launch, run


def fingerprint(digest, der):
    text = hashlib.new(digest, der).hexdigest()
    return ":".join(text[at : at + 2] for at in range(0, len(text), 2))


def der(*command):
    return subprocess.run(["openssl", *command], capture_output=True, check=True).stdout


def listed(lightsail, **options):
    return [pair["name"] for pair in lightsail.get_key_pairs(**options)["keyPairs"]]


def test_a_key_pair_is_created_used_and_deleted(lightsail, tmp_path):
    made = lightsail.create_key_pair(keyPairName="mine", tags=[{"key": "team", "value": "a"}])
    assert made["operation"]["operationType"] == "CreateKeyPair"
    assert made["operation"]["isTerminal"]
    key = tmp_path / "mine.pem"
    key.write_text(made["privateKeyBase64"])
    key.chmod(0o600)
    assert "RSA key ok" in run("openssl", "rsa", "-in", key, "-check", "-noout")
    public = run("ssh-keygen", "-y", "-f", key)
    assert public.split()[:2] == made["publicKeyBase64"].split()[:2]

    pair = lightsail.get_key_pair(keyPairName="mine")["keyPair"]
    assert pair["tags"] == [{"key": "team", "value": "a"}]
    assert pair["location"] == {"availabilityZone": "all", "regionName": "us-east-1"}
    pkcs8 = der("pkcs8", "-in", str(key), "-topk8", "-nocrypt", "-outform", "DER")
    assert pair["fingerprint"] == fingerprint("sha1", pkcs8)

    launch(lightsail, "web", keyPairName="mine")
    assert instance(lightsail, "web")["sshKeyName"] == "mine"
    lightsail.delete_key_pair(keyPairName="mine")
    with pytest.raises(lightsail.exceptions.NotFoundException):
        lightsail.get_key_pair(keyPairName="mine")
    assert instance(lightsail, "web")["sshKeyName"] == "mine"


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_import_key_pair_accepts_keys_of_ssh_keygen(lightsail, tmp_path, kind):
    key = tmp_path / kind
    run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "me@home", "-f", key)
    imported = lightsail.import_key_pair(
        keyPairName=kind, publicKeyBase64=key.with_suffix(".pub").read_text()
    )["operation"]
    assert imported["status"] == "Succeeded" and imported["resourceType"] == "KeyPair"
    launch(lightsail, "web", keyPairName=kind)
    pair = lightsail.get_key_pair(keyPairName=kind)["keyPair"]
    if kind == "rsa":
        run("ssh-keygen", "-q", "-p", "-m", "PEM", "-N", "", "-f", key)
        spki = der("rsa", "-in", str(key), "-pubout", "-outform", "DER")
        assert pair["fingerprint"] == fingerprint("md5", spki)
    else:
        # As in EC2: the SHA-256 that ssh-keygen prints, with base64 padding.
        printed = run("ssh-keygen", "-l", "-f", key).split()[1].removeprefix("SHA256:")
        assert pair["fingerprint"].rstrip("=") == printed


def test_import_key_pair_refuses_a_truncated_key(lightsail):
    with pytest.raises(lightsail.exceptions.InvalidInputException):
        lightsail.import_key_pair(keyPairName="mine", publicKeyBase64="c3NoLXJzYSBBQUFB")
    assert listed(lightsail) == []


def test_the_default_key_pair_is_downloaded_and_deleted(lightsail, tmp_path):
    launch(lightsail, "web")
    assert instance(lightsail, "web")["sshKeyName"] == "LightsailDefaultKeyPair"
    assert listed(lightsail) == []
    assert listed(lightsail, includeDefaultKeyPair=True) == ["LightsailDefaultKeyPair"]

    downloaded = lightsail.download_default_key_pair()
    key = tmp_path / "default.pem"
    key.write_text(downloaded["privateKeyBase64"])
    key.chmod(0o600)
    public = run("ssh-keygen", "-y", "-f", key)
    assert public.split()[:2] == downloaded["publicKeyBase64"].split()[:2]
    assert lightsail.download_default_key_pair() | {"ResponseMetadata": 0} == downloaded | {
        "ResponseMetadata": 0
    }

    name = "LightsailDefaultKeyPair"
    for wrong in {}, {"expectedFingerprint": "00:11"}:
        with pytest.raises(lightsail.exceptions.InvalidInputException):
            lightsail.delete_key_pair(keyPairName=name, **wrong)
    right = lightsail.get_key_pair(keyPairName=name)["keyPair"]["fingerprint"]
    lightsail.delete_key_pair(keyPairName=name, expectedFingerprint=right)
    assert listed(lightsail, includeDefaultKeyPair=True) == []
    other = lightsail.download_default_key_pair()
    assert other["privateKeyBase64"] != downloaded["privateKeyBase64"]
