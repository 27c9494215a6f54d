#!/bin/bash
# Where LocalStack's Testcontainers modules expect the command that starts the server.
exec papersail serve "$@"
