#!/usr/bin/env bash
# Asks the site for every address that holds a key, with keys that it makes up, and then looks for them in the workspace: none may be there,
# and the visits must be, each under its function. For staging, and once for production before it opens: visits of others count as well.
#
#   infra/staging/redaction.sh {siteBaseUrl} {workspaceId}, both outputs of the deployment
set -euo pipefail
site=${1:?the address of the site}
workspace=$(az monitor log-analytics workspace show --ids "${2:?the resource id of the workspace}" --query customerId --output tsv)

# Every route with a key, and its function; RedactionTests holds this list to the code.
routes=(
  'DELETE api/holds/{hold} ReleaseHold'
  'GET api/appointments/{reference}?key={key} GetAppointment'
  'GET api/appointments/{reference}/calendar.ics?key={key} AppointmentCalendar'
  'GET api/callback-requests/{person}?key={key} GetCallbackRequest'
  'GET calendars/{token}.ics AdvisorFeed'
  'GET p/{person}/{key} WaitingPage'
  'POST p/{person}/{key} ClaimOfferPage'
  'POST p/{person}/{key}/retirer LeaveWaitingListPage'
  'GET r/{reference}/{key} AppointmentPage'
  'GET r/{reference}/{key}/annuler CancelPage'
  'POST r/{reference}/{key}/annuler SubmitCancelPage'
  'GET r/{reference}/{key}/carte CardPage'
  'GET r/{reference}/{key}/deplacer MovePage'
  'POST r/{reference}/{key}/deplacer SubmitMovePage'
  'POST r/{reference}/{key}/plus-tot SubmitEarlierPage'
  'GET {token} ShortLinkPage'
)

# No key of anybody: drawn here, in the letters of keys (Crockford), and told in no file.
draw() { LC_ALL=C tr -dc '0-9A-HJKMNP-TV-Z' </dev/urandom | head -c "$1" || true; }
began=$(date -u +%Y-%m-%dT%H:%M:%SZ)
sentinels=() functions=()

# What gives no answer, or a wrong one, shows nothing of the logs: the script ends there.
ask() {
  local method=$1 address=$2 status
  status=$(curl -s -o /dev/null -w '%{http_code}' -X "$method" --data '' -H 'User-Agent: redaction' "$site/$address") || true
  printf '%s %s\n' "$status" "${address%%\?*}"
  case $status in
    000 | 5*) echo "$method $address was not answered: this says nothing yet." >&2; exit 2 ;;
    429) echo "$method $address came too often: wait some minutes and begin again." >&2; exit 2 ;;
  esac
  # Ten wrong keys a minute, then nothing is tried any more.
  sleep 7
}

for route in "${routes[@]}"; do
  key=$(draw 13) token="69$(draw 20)" person="69$(draw 8)"
  hold=$(draw 40)
  sentinels+=("$key" "$token" "$person" "$hold")
  read -r method address function <<<"$route"
  functions+=("$function")
  address=${address//\{key\}/$key} address=${address//\{token\}/$token} address=${address//\{person\}/$person} address=${address//\{hold\}/$hold} address=${address//\{reference\}/69-K7Q2-9XM4}
  ask "$method" "$address"
  other=${address%%\?*}
  ask "$method" "${other,,}?key=$key&code=$token"
done

echo 'Telemetry takes some minutes to arrive.'
sleep 600

query() { az monitor log-analytics query --workspace "$workspace" --analytics-query "$1" --query "$2" --output tsv; }
# Each function was asked for twice, once in small letters: a row that is missing may be the one that shows a key.
visited=$(query "AppRequests | where TimeGenerated > datetime($began) | summarize Found = count() by Name | where Found >= 2 | project Name" '[].Name')
for function in "${functions[@]}"; do
  grep -qx "$function" <<<"$visited" || { echo "The two visits of $function have not arrived: this says nothing yet." >&2; exit 2; }
done
terms=$(printf ' or "*%s*"' "${sentinels[@]}")
# In any column of any table, in any case, and as a part of a word.
left=$(query "union * | where TimeGenerated > datetime($began) | search ${terms# or } | summarize Found = count()" '[0].Found')
printf '%s functions visited, %s rows with a key\n' "${#functions[@]}" "$left"
[[ $left == 0 ]] || { echo 'Keys are in the logs: infra/modules/logs.bicep does not hold. Do not open.' >&2; exit 1; }
