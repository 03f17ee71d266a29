#!/bin/sh
# Writes functions/local.settings.json: the app on this machine (queues and durable state in Azurite) on the data and models just made, signed in as whoever ran azd.
# A file that exists is kept: it may hold a secret of its own.
set -eu
file=functions/local.settings.json
[ ! -e "$file" ] || { echo "$file is kept as it is"; exit 0; }
scope=
[ -z "${KITH_MODEL_ENDPOINT:-}" ] || scope=https://cognitiveservices.azure.com/.default
secret=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && cat > "$file") <<EOF
{
  "IsEncrypted": false,
  "Values": {
    "AzureWebJobsStorage": "UseDevelopmentStorage=true",
    "AzureWebJobsDisableHomepage": "true",
    "FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated",
    "TASKHUB_NAME": "kith",
    "KITH_Queue": "UseDevelopmentStorage=true",
    "KITH_Auth__JwtSecret": "$secret",
    "KITH_Cosmos__Endpoint": "$KITH_COSMOS_ENDPOINT",
    "KITH_Cosmos__Database": "$KITH_COSMOS_DATABASE",
    "KITH_Search__Endpoint": "${KITH_SEARCH_ENDPOINT:-}",
    "KITH_Model__Endpoint": "${KITH_MODEL_ENDPOINT:-}",
    "KITH_Model__EntraScope": "$scope",
    "KITH_Model__ChatModel": "${KITH_CHAT_MODEL:-}",
    "KITH_Model__EmbeddingModel": "${KITH_EMBEDDING_MODEL:-}",
    "KITH_Model__EmbeddingDimensions": "${KITH_EMBEDDING_DIMENSIONS:-1536}"
  }
}
EOF
echo "$file written. The app is at $KITH_URL; docs/run-on-azure.md says how to mint the first key."
