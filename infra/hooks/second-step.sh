#!/bin/sh
# Once the code runs for the first time: subscribes to the delivery reports and turns the alerts on. azd runs it after the code is published.
set -eu
if [ "${RDV_CODE_IS_DEPLOYED:-false}" != true ]; then
  azd env set RDV_CODE_IS_DEPLOYED true
  azd provision --no-prompt
fi
