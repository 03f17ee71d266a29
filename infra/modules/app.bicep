// The Functions app on Flex Consumption. Every setting that the code reads is here; tests/Infra.Tests holds it to that.
param name string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param deploymentContainerUri string
param subnetId string
param instanceMemoryMB int
param maximumInstanceCount int
param perInstanceConcurrency int
param alwaysReady int
param insightsConnectionString string
param hostStorageName string
param productStorageName string
param durableInStorage bool
param taskHub string
param schedulerEndpoint string
param signingSecretUri string
param secretsKeyUri string
param entraTenantId string
param entraAudience string
param requestsPerMinute int
param cosmosEndpoint string
param cosmosDatabase string
param searchEndpoint string
param searchSemantic bool
param modelEndpoint string
param chatModel string
param embeddingModel string
param embeddingDimensions int

var storage = environment().suffixes.storage

var hostSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__blobServiceUri: 'https://${hostStorageName}.blob.${storage}'
  AzureWebJobsDisableHomepage: 'true'
  TASKHUB_NAME: taskHub
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  // Which identity the credentials of all clients take.
  AZURE_CLIENT_ID: identityClientId
}

var durableSettings = durableInStorage ? {
  AzureWebJobsStorage__queueServiceUri: 'https://${hostStorageName}.queue.${storage}'
  AzureWebJobsStorage__tableServiceUri: 'https://${hostStorageName}.table.${storage}'
} : {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId};TaskHub=${taskHub}'
}

var kithSettings = {
  KITH_Queue__credential: 'managedidentity'
  KITH_Queue__clientId: identityClientId
  KITH_Queue__queueServiceUri: 'https://${productStorageName}.queue.${storage}'

  // While this cannot be read the app answers 401: it is never open.
  KITH_Auth__UseAuth: 'true'
  KITH_Auth__JwtSecret: '@Microsoft.KeyVault(SecretUri=${signingSecretUri})'
  KITH_Auth__PreviousJwtSecret: ''
  KITH_Auth__Entra__TenantId: entraTenantId
  KITH_Auth__Entra__Audience: entraAudience
  KITH_Auth__Entra__Authority: environment().authentication.loginEndpoint

  KITH_Limits__RequestsPerMinute: string(requestsPerMinute)

  // No page of another origin.
  KITH_Cors__Origins: ''

  KITH_Eliza__Workspace: 'eliza'
  KITH_Eliza__UnknownAgents: 'accept'
  KITH_Eliza__ResponderSeconds: '25'
  KITH_Eliza__PrivateResponders: 'false'
  // While this cannot be read no secret of a connection or webhook can be kept or used.
  KITH_Secrets__Key: '@Microsoft.KeyVault(SecretUri=${secretsKeyUri})'
  KITH_Secrets__PreviousKey: ''
  KITH_Webhooks__PrivateTargets: 'false'
  KITH_Webhooks__TimeoutSeconds: '30'

  KITH_Cosmos__Endpoint: cosmosEndpoint
  KITH_Cosmos__Database: cosmosDatabase
  KITH_Cosmos__ClientId: identityClientId

  KITH_Search__Endpoint: searchEndpoint
  KITH_Search__IndexName: 'kith-recall'
  KITH_Search__Semantic: string(searchSemantic)
  KITH_Search__ClientId: identityClientId
  KITH_Search__Retries: '4'
  KITH_Search__RetryDelay: '0.4'
  KITH_Search__AttemptTimeout: '10'

  KITH_Model__Endpoint: modelEndpoint
  KITH_Model__EntraScope: modelEndpoint == '' ? '' : 'https://cognitiveservices.azure.com/.default'
  KITH_Model__ClientId: identityClientId
  KITH_Model__ChatModel: chatModel
  KITH_Model__EmbeddingModel: embeddingModel
  KITH_Model__EmbeddingDimensions: string(embeddingDimensions)
  KITH_Model__ShortenEmbeddings: 'false'
  KITH_Model__MaxConcurrency: '8'
  KITH_Model__Retries: '4'
  KITH_Model__RetryDelay: '0.8'
  KITH_Model__AttemptTimeout: '120'
  KITH_Model__Debounce__Tokens: '512'
  KITH_Model__Debounce__Idle: '20'
  KITH_Model__Debounce__Longest: '60'
  KITH_Model__Deadlines__Derive: '300'
  KITH_Model__Deadlines__Summary: '300'
  KITH_Model__Deadlines__Dream: '300'
  KITH_Model__Deadlines__Embed: '60'
  KITH_Model__Deadlines__Minimal: '10'
  KITH_Model__Deadlines__Low: '20'
  KITH_Model__Deadlines__Medium: '30'
  KITH_Model__Deadlines__High: '60'
  KITH_Model__Deadlines__Max: '120'
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: subnetId == '' ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady == 0 ? [] : [{ name: 'http', instanceCount: alwaysReady }]
        triggers: { http: { perInstanceConcurrency: perInstanceConcurrency } }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      appSettings: map(items(union(hostSettings, durableSettings, kithSettings)), setting => { name: setting.key, value: setting.value })
    }
  }
}

// Deployment by password is off as well.
resource publishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [for kind in ['ftp', 'scm']: {
  parent: app
  name: kind
  properties: { allow: false }
}]

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
