#!/usr/bin/env bash
# Gradescope runs this once, while it builds the autograder's image (Ubuntu): Node 22, and what the project needs.
# Judging opens no socket and needs no privilege, so the container may stay as it is.
set -euo pipefail

apt-get update
apt-get install -y ca-certificates curl
curl -fsSL https://deb.nodesource.com/setup_22.x | bash -
apt-get install -y nodejs
cd /autograder/source/tcp-loopback-lab
npm ci --omit=dev
