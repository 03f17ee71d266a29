targetScope = 'subscription'

@description('The azd environment: part of every name.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Where everything is. azd asks for it.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Who deploys, and may use the data from their own machine; empty for nobody.')
param principalId string = deployer().objectId

@description('Private endpoints for all data, none of it reachable from outside.')
param vnetEnabled bool = false

@allowed(['off', 'basic'])
@description('AI Search is the one resource with a fixed price. Without it recall scans the session or pair.')
param search string = 'off'

@description('The semantic ranker of AI Search reorders the best matches; billed by the request.')
param searchSemantic bool = false

@allowed(['none', 'new', 'existing'])
@description('Models: none (rules and hashed features, no cost), new deployments, or those of an account that exists.')
param openAi string = 'none'

@description('For existing: the name of the Azure OpenAI account.')
param openAiAccount string = ''

@description('For existing: its resource group.')
param openAiResourceGroup string = ''

@description('Deployment that reasons.')
param chatModel string = 'gpt-4.1-mini'

@description('For new: the version of that model.')
param chatModelVersion string = '2025-04-14'

@description('For new: thousands of tokens per minute.')
param chatModelCapacity int = 50

@description('Deployment that embeds.')
param embeddingModel string = 'text-embedding-3-small'

@description('For new: the version of that model.')
param embeddingModelVersion string = '1'

@description('For new: thousands of tokens per minute.')
param embeddingModelCapacity int = 50

@description('How many numbers a vector has. Another length needs another search index.')
param embeddingDimensions int = 1536

@allowed(['scheduler', 'storage'])
@description('What durable orchestrations keep their state in; the package is built for the same one (azure.yaml, prepackage).')
param durableBackend string = 'storage'

@description('IP ranges that may reach the durable task scheduler; empty lets nobody in.')
param schedulerAllowlist array = ['0.0.0.0/0']

@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@minValue(1)
@maxValue(1000)
@description('Instances at most: with the queue batch of host.json the bound on what models are asked at once.')
param maximumInstanceCount int = 40

@minValue(1)
@maxValue(1000)
@description('HTTP requests at once in one instance. They wait for other services most of the time.')
param perInstanceConcurrency int = 32

@minValue(0)
@description('Instances that wait for HTTP requests, paid while idle. Discord needs one: it does not repeat a request that a cold start delayed.')
param alwaysReady int = 0

@description('The directory whose Entra ID tokens are accepted beside keys; none when empty.')
param entraTenantId string = ''

@description('The audience of those tokens: the id or the api:// address of an application in that directory.')
param entraAudience string = ''

@description('Requests per minute of each key, over all instances; 0 for any number.')
param requestsPerMinute int = 600

@description('Who hears of alerts and of the budget; empty for nobody.')
param alertEmail string = ''

@minValue(0)
@description('Monthly budget in the currency of the subscription; 0 for none. Needs an address.')
param monthlyBudget int = 0

@description('First month of the budget.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('The signing secret of keys, when there is none yet: 244 random bits. Later deployments leave it as it is.')
@secure()
param signingSecret string = '${newGuid()}${newGuid()}'

@description('What secrets in the store are sealed with, when there is nothing yet: 244 random bits. Later deployments leave it as it is.')
@secure()
param secretsKey string = '${newGuid()}${newGuid()}'

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var usesScheduler = durableBackend == 'scheduler'
var hasSearch = search != 'off'
var modelAccount = openAi == 'existing' ? openAiAccount : 'oai-${token}'
var modelEndpoint = 'https://${modelAccount}.openai.azure.com/openai/v1/'
var database = 'kith'
var taskHub = 'kith'
var workQueue = 'kith-work'
var deploymentContainer = 'app-package-func-${take(token, 7)}'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  name: 'identity'
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  name: 'monitoring'
  params: {
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    location: location
    tags: tags
  }
}

module network 'modules/network.bicep' = if (vnetEnabled) {
  scope: group
  name: 'network'
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
  }
}

module hostStorage 'modules/storage.bicep' = {
  scope: group
  name: 'host-storage'
  params: {
    name: 'sthost${token}'
    containers: [deploymentContainer]
    queues: []
    location: location
    tags: tags
    publicAccess: !vnetEnabled
    logWorkspaceId: monitoring.outputs.workspaceId
  }
}

module productStorage 'modules/storage.bicep' = {
  scope: group
  name: 'product-storage'
  params: {
    name: 'stdata${token}'
    containers: []
    queues: [workQueue, '${workQueue}-poison']
    location: location
    tags: tags
    publicAccess: !vnetEnabled
    logWorkspaceId: monitoring.outputs.workspaceId
  }
}

module cosmos 'modules/cosmos.bicep' = {
  scope: group
  name: 'cosmos'
  params: {
    name: 'cosmos-${token}'
    database: database
    location: location
    tags: tags
    publicAccess: !vnetEnabled
    logWorkspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  name: 'vault'
  params: {
    name: 'kv-${token}'
    signingSecret: signingSecret
    secretsKey: secretsKey
    location: location
    tags: tags
    publicAccess: !vnetEnabled
    logWorkspaceId: monitoring.outputs.workspaceId
  }
}

module searchService 'modules/search.bicep' = if (hasSearch) {
  scope: group
  name: 'search'
  params: {
    name: 'srch-${token}'
    sku: search
    semantic: searchSemantic
    location: location
    tags: tags
    publicAccess: !vnetEnabled
    logWorkspaceId: monitoring.outputs.workspaceId
  }
}

module models 'modules/openai.bicep' = if (openAi == 'new') {
  scope: group
  name: 'openai'
  params: {
    name: modelAccount
    chatModel: chatModel
    chatModelVersion: chatModelVersion
    chatModelCapacity: chatModelCapacity
    embeddingModel: embeddingModel
    embeddingModelVersion: embeddingModelVersion
    embeddingModelCapacity: embeddingModelCapacity
    location: location
    tags: tags
    publicAccess: !vnetEnabled
    logWorkspaceId: monitoring.outputs.workspaceId
  }
}

module scheduler 'modules/scheduler.bicep' = if (usesScheduler) {
  scope: group
  name: 'scheduler'
  params: {
    name: 'dts-${token}'
    taskHub: taskHub
    allowlist: schedulerAllowlist
    location: location
    tags: tags
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  name: 'roles'
  params: {
    appPrincipalId: identity.outputs.principalId
    userPrincipalId: principalId
    hostStorageName: hostStorage.outputs.name
    productStorageName: productStorage.outputs.name
    durableInStorage: !usesScheduler
    insightsName: monitoring.outputs.insightsName
    vaultName: vault.outputs.name
    cosmosName: cosmos.outputs.name
    searchName: hasSearch ? searchService!.outputs.name : ''
    schedulerName: usesScheduler ? scheduler!.outputs.name : ''
  }
}

module modelRoles 'modules/modelRoles.bicep' = if (openAi != 'none') {
  scope: resourceGroup(openAi == 'existing' ? openAiResourceGroup : group.name)
  name: 'model-roles-${token}'
  params: {
    accountName: openAi == 'new' ? models!.outputs.name : modelAccount
    appPrincipalId: identity.outputs.principalId
    userPrincipalId: principalId
  }
}

module endpoints 'modules/privateEndpoints.bicep' = if (vnetEnabled) {
  scope: group
  name: 'private-endpoints'
  params: {
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
    hostStorageId: hostStorage.outputs.id
    productStorageId: productStorage.outputs.id
    cosmosId: cosmos.outputs.id
    vaultId: vault.outputs.id
    searchId: hasSearch ? searchService!.outputs.id : ''
    modelsId: openAi == 'new' ? models!.outputs.id : ''
    location: location
    tags: tags
  }
}

module app 'modules/app.bicep' = {
  scope: group
  name: 'app'
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    deploymentContainerUri: '${hostStorage.outputs.blobEndpoint}${deploymentContainer}'
    subnetId: vnetEnabled ? network!.outputs.appSubnetId : ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    perInstanceConcurrency: perInstanceConcurrency
    alwaysReady: alwaysReady
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    hostStorageName: hostStorage.outputs.name
    productStorageName: productStorage.outputs.name
    durableInStorage: !usesScheduler
    taskHub: taskHub
    schedulerEndpoint: usesScheduler ? scheduler!.outputs.endpoint : ''
    signingSecretUri: vault.outputs.signingSecretUri
    secretsKeyUri: vault.outputs.secretsKeyUri
    entraTenantId: entraTenantId
    entraAudience: entraAudience
    requestsPerMinute: requestsPerMinute
    cosmosEndpoint: cosmos.outputs.endpoint
    cosmosDatabase: database
    searchEndpoint: hasSearch ? searchService!.outputs.endpoint : ''
    searchSemantic: searchSemantic
    modelEndpoint: openAi == 'none' ? '' : modelEndpoint
    chatModel: openAi == 'none' ? '' : chatModel
    embeddingModel: openAi == 'none' ? '' : embeddingModel
    embeddingDimensions: embeddingDimensions
  }
  // A host that starts before its roles act logs refusals for minutes.
  dependsOn: [roles, modelRoles, endpoints]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  name: 'alerts'
  params: {
    prefix: environmentName
    email: alertEmail
    insightsId: monitoring.outputs.insightsId
    cosmosId: cosmos.outputs.id
    modelsId: openAi == 'new' ? models!.outputs.id : ''
    location: location
    tags: tags
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0 && alertEmail != '') {
  scope: group
  name: 'budget'
  params: {
    name: 'budget-${environmentName}'
    amount: monthlyBudget
    email: alertEmail
    start: budgetStart
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output KITH_URL string = app.outputs.url
output KITH_VAULT string = vault.outputs.name
output KITH_COSMOS_ENDPOINT string = cosmos.outputs.endpoint
output KITH_COSMOS_DATABASE string = database
output KITH_SEARCH_ENDPOINT string = hasSearch ? searchService!.outputs.endpoint : ''
output KITH_MODEL_ENDPOINT string = openAi == 'none' ? '' : modelEndpoint
output KITH_CHAT_MODEL string = openAi == 'none' ? '' : chatModel
output KITH_EMBEDDING_MODEL string = openAi == 'none' ? '' : embeddingModel
output KITH_EMBEDDING_DIMENSIONS int = embeddingDimensions
output DURABLE_BACKEND string = durableBackend
