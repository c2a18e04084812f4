#!/usr/bin/env bash
# Asks the site for every address that holds a key, with keys that it makes up, and then looks for them in the workspace: none may be there,
# and the visits must be. For staging, and once for production before it opens.
#
#   infra/staging/redaction.sh https://{hostName} {workspace id, a GUID: az monitor log-analytics workspace show --query customerId}
set -euo pipefail
site=${1:?the address of the site}
workspace=${2:?the id of the workspace}

# Every route with a key; LogQueriesTests holds this list to the code.
routes=(
  'GET api/appointments/{reference}?key={key}'
  'GET api/appointments/{reference}/calendar.ics?key={key}'
  'GET api/callback-requests/{person}?key={key}'
  'GET calendars/{token}.ics'
  'GET p/{person}/{key}'
  'POST p/{person}/{key}'
  'POST p/{person}/{key}/retirer'
  'GET r/{reference}/{key}'
  'GET r/{reference}/{key}/annuler'
  'POST r/{reference}/{key}/annuler'
  'GET r/{reference}/{key}/carte'
  'GET r/{reference}/{key}/deplacer'
  'POST r/{reference}/{key}/deplacer'
  'POST r/{reference}/{key}/plus-tot'
  'GET {token}'
)

# No key of anybody: drawn here, in the letters of keys (Crockford), and told in no file.
draw() { LC_ALL=C tr -dc '0-9A-HJKMNP-TV-Z' </dev/urandom | head -c "$1" || true; }
began=$(date -u +%Y-%m-%dT%H:%M:%SZ)
sentinels=()

ask() {
  local method=$1 address=$2 status
  status=$(curl -s -o /dev/null -w '%{http_code}' -X "$method" --data '' -H 'User-Agent: redaction' "$site/$address")
  printf '%s %s\n' "$status" "${address%%\?*}"
  [[ $status != 000 && $status != 5* ]]
}

for route in "${routes[@]}"; do
  key=$(draw 13) token="69$(draw 20)" person="69$(draw 8)"
  sentinels+=("$key" "$token" "$person")
  method=${route%% *} address=${route#* }
  address=${address//\{key\}/$key} address=${address//\{token\}/$token} address=${address//\{person\}/$person} address=${address//\{reference\}/69-K7Q2-9XM4}
  # Ten wrong keys a minute, then nothing is tried any more.
  ask "$method" "$address" && sleep 7
  other=${address%%\?*}
  ask "$method" "${other,,}?key=$key&code=$token" && sleep 7
done

echo 'Telemetry takes some minutes to arrive.'
sleep 600

query() { az monitor log-analytics query --workspace "$workspace" --analytics-query "$1" --query '[0].Found' --output tsv; }
visits=$(query "AppRequests | where TimeGenerated > datetime($began) | summarize Found = count()")
terms=$(printf ' or "*%s*"' "${sentinels[@]}")
# In any column of any table, in any case, and as a part of a word.
left=$(query "union * | where TimeGenerated > datetime($began) | search ${terms# or } | summarize Found = count()")
printf '%s visits, %s rows with a key\n' "$visits" "$left"
((visits >= ${#routes[@]})) || { echo 'The visits have not arrived: this says nothing yet.' >&2; exit 2; }
((left == 0)) || { echo 'Keys are in the logs: infra/modules/logs.bicep does not hold. Do not open.' >&2; exit 1; }
