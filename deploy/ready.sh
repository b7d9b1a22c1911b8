#!/usr/bin/env bash
# Succeeds when the process in this container is ready, by its management port. Needs bash alone: the image has no curl.
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/${HOOKSWITCH_MANAGEMENT_PORT:-9600}"
printf 'GET /ready HTTP/1.0\r\n\r\n' >&3
IFS= read -r -t 4 status <&3
[[ $status == 'HTTP/1.'?' 200 '* ]]
