"""The parsers of code blocks that contain data."""

import configparser
import json

import yaml


def parse_lines(text):
    """Parses JSON lines, as in a seed file."""
    for line in text.splitlines():
        if line.strip() and not line.startswith(("#", "//")):
            json.loads(line)


def parse_ini(text):
    configparser.ConfigParser(strict=False, interpolation=None).read_string(text)


def parse_yaml(text):
    return list(yaml.safe_load_all(text))


FORMATS = {"json": json.loads, "jsonl": parse_lines, "yaml": parse_yaml, "ini": parse_ini}
