# Writes functions/local.settings.json: the app on this machine (queues and durable state in Azurite) on the data and models just made, signed in as whoever ran azd.
# A file that exists is kept: it may hold a secret of its own.
$ErrorActionPreference = 'Stop'
$file = 'functions/local.settings.json'
if (Test-Path $file) {
    "$file is kept as it is"
    exit 0
}
$secret = [Convert]::ToHexString([Security.Cryptography.RandomNumberGenerator]::GetBytes(32)).ToLowerInvariant()
[ordered]@{
    IsEncrypted = $false
    Values = [ordered]@{
        AzureWebJobsStorage = 'UseDevelopmentStorage=true'
        AzureWebJobsDisableHomepage = 'true'
        FUNCTIONS_WORKER_RUNTIME = 'dotnet-isolated'
        TASKHUB_NAME = 'kith'
        KITH_Queue = 'UseDevelopmentStorage=true'
        KITH_Auth__JwtSecret = $secret
        KITH_Cosmos__Endpoint = $env:KITH_COSMOS_ENDPOINT
        KITH_Cosmos__Database = $env:KITH_COSMOS_DATABASE
        KITH_Search__Endpoint = "$env:KITH_SEARCH_ENDPOINT"
        KITH_Model__Endpoint = "$env:KITH_MODEL_ENDPOINT"
        KITH_Model__EntraScope = if ($env:KITH_MODEL_ENDPOINT) { 'https://cognitiveservices.azure.com/.default' } else { '' }
        KITH_Model__ChatModel = "$env:KITH_CHAT_MODEL"
        KITH_Model__EmbeddingModel = "$env:KITH_EMBEDDING_MODEL"
        KITH_Model__EmbeddingDimensions = if ($env:KITH_EMBEDDING_DIMENSIONS) { $env:KITH_EMBEDDING_DIMENSIONS } else { '1536' }
    }
} | ConvertTo-Json | Set-Content $file
"$file written. The app is at $env:KITH_URL; docs/run-on-azure.md says how to mint the first key."
