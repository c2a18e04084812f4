#!/bin/sh
# Says which secrets the vault does not have yet; when it has all, has the app made, which refers to them. azd runs it after the resources are
# made, with their outputs in the environment.
set -eu
there=$(az keyvault secret list --vault-name "${vaultName:?an output of the deployment}" --query '[].name' --output tsv)
missing=
for name in ${secretNames:?an output of the deployment}; do
  echo "$there" | grep -qx "$name" || missing="$missing $name"
done
if [ -n "$missing" ]; then
  echo "The vault $vaultName has no$missing: docs/deployment.md, step 5. Then run azd up again." >&2
  exit 1
fi
if [ "${RDV_SECRETS_ARE_SET:-false}" != true ]; then
  azd env set RDV_SECRETS_ARE_SET true
  azd provision --no-prompt
fi
