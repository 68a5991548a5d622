#!/bin/sh
# One look at an operation of the prototype API; the pilot group still has some.
set -eu

curl --fail --silent --header "Authorization: Bearer $WORKIVA_TOKEN" \
    "https://api.app.wdesk.com/prototype/platform/operations/$1"
