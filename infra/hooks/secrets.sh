#!/bin/sh
# Says which secrets the vault does not have yet. azd runs it after the resources are made, with their outputs in the environment.
set -eu
there=$(az keyvault secret list --vault-name "${vaultName:?an output of the deployment}" --query '[].name' --output tsv)
missing=
for name in keys-link-1 keys-phone-1 keys-feed-1 smtp-password; do
  echo "$there" | grep -qx "$name" || missing="$missing $name"
done
if [ -n "$missing" ]; then
  echo "The vault $vaultName has no$missing: docs/deployment.md, step 5. Then run azd up again." >&2
  exit 1
fi
