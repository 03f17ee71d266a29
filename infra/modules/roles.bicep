// Who may do what: the app by its identity, and who deployed it from their own machine. No other way in exists.
param appPrincipalId string
param userPrincipalId string
param hostStorageName string
param productStorageName string
param durableInStorage bool
param insightsName string
param vaultName string
param cosmosName string
param searchName string
param schedulerName string

var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var searchIndexDataContributor = '8ebe5a00-799e-43f5-93ac-243d3dce84a7'
var searchServiceContributor = '7ca78c08-252a-4471-8644-bb5ff32d4ba0'
var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'
var cosmosDataContributor = '00000000-0000-0000-0000-000000000002'

var principals = concat(
  [{ id: appPrincipalId, type: 'ServicePrincipal' }],
  userPrincipalId == '' ? [] : [{ id: userPrincipalId, type: null }])

// Blobs hold deployments and the timers' locks; queues and tables only what a durable backend in storage needs.
var hostStorageRoles = durableInStorage ? [blobDataOwner, queueDataContributor, tableDataContributor] : [blobDataOwner]
// The app makes its search index and fills it.
var searchRoles = [searchIndexDataContributor, searchServiceContributor]

resource hostStorage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: hostStorageName
}

resource productStorage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: productStorageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource cosmos 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' existing = {
  name: cosmosName
}

resource search 'Microsoft.Search/searchServices@2023-11-01' existing = if (searchName != '') {
  name: searchName
}

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' existing = if (schedulerName != '') {
  name: schedulerName
}

resource onHostStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for i in range(0, length(principals) * length(hostStorageRoles)): {
  scope: hostStorage
  name: guid(hostStorage.id, principals[i / length(hostStorageRoles)].id, hostStorageRoles[i % length(hostStorageRoles)])
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', hostStorageRoles[i % length(hostStorageRoles)])
    principalId: principals[i / length(hostStorageRoles)].id
    principalType: principals[i / length(hostStorageRoles)].type
  }
}]

resource onProductStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principal in principals: {
  scope: productStorage
  name: guid(productStorage.id, principal.id, queueDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueDataContributor)
    principalId: principal.id
    principalType: principal.type
  }
}]

resource onInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principal in principals: {
  scope: insights
  name: guid(insights.id, principal.id, metricsPublisher)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
    principalId: principal.id
    principalType: principal.type
  }
}]

// Who deploys mints the first key, for which the secret has to be read.
resource onVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principal in principals: {
  scope: vault
  name: guid(vault.id, principal.id, secretsUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: principal.id
    principalType: principal.type
  }
}]

// Cosmos DB has roles of its own for data: rights over the account give no access to it.
resource onCosmos 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = [for principal in principals: {
  parent: cosmos
  name: guid(cosmos.id, principal.id, cosmosDataContributor)
  properties: {
    roleDefinitionId: '${cosmos.id}/sqlRoleDefinitions/${cosmosDataContributor}'
    principalId: principal.id
    scope: cosmos.id
  }
}]

resource onSearch 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in (searchName == '' ? [] : searchRoles): {
  scope: search
  name: guid(search.id, appPrincipalId, role)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}]

resource onScheduler 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principal in (schedulerName == '' ? [] : principals): {
  scope: scheduler
  name: guid(scheduler.id, principal.id, durableTaskDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
    principalId: principal.id
    principalType: principal.type
  }
}]
