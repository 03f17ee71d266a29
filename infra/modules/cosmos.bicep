// Data roles cannot create containers, so they are here. tests/Infra.Tests compares them with src/Azure/Storage/CosmosContainer.cs.
param name string
param database string
param location string
param tags object
param publicAccess bool
param logWorkspaceId string

var containers = [
  {
    name: 'directory'
    levels: ['/workspace', '/owner']
    included: ['/workspace/?', '/owner/?', '/type/?', '/createdAt/?', '/sequence/?', '/dueAt/?', '/body/isActive/?', '/body/isScope/?']
    composites: [
      ['/type', '/createdAt', '/id', '/owner']
      ['/type', '/sequence', '/id', '/owner']
    ]
  }
  {
    name: 'conversations'
    levels: ['/workspace', '/session']
    included: ['/workspace/?', '/session/?', '/type/?', '/createdAt/?', '/sequence/?', '/dueAt/?', '/body/peerId/?', '/body/indexedAt/?', '/body/after/?']
    composites: [
      ['/type', '/createdAt', '/id', '/session']
      ['/type', '/sequence', '/id', '/session']
    ]
  }
  {
    name: 'memory'
    levels: ['/workspace', '/observer', '/observed']
    included: ['/workspace/?', '/observer/?', '/observed/?', '/type/?', '/createdAt/?', '/sequence/?', '/dueAt/?', '/body/level/?', '/body/sessionId/?', '/body/session/?', '/body/slot/?', '/body/claim/?', '/body/messageIds/[]/?']
    composites: [
      ['/type', '/createdAt', '/id', '/observer', '/observed']
      ['/type', '/sequence', '/id', '/observer', '/observed']
    ]
  }
  {
    name: 'work'
    levels: ['/workspace', '/work']
    included: ['/workspace/?', '/work/?', '/type/?', '/createdAt/?', '/sequence/?', '/dueAt/?']
    composites: [
      ['/type', '/createdAt', '/id', '/work']
      ['/type', '/sequence', '/id', '/work']
    ]
  }
]

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [{ name: 'EnableServerless' }]
    locations: [{ locationName: location, failoverPriority: 0, isZoneRedundant: false }]
    // Several instances write: what one acknowledged, the next has to see (docs/decisions/0006-cosmos-documents.md).
    consistencyPolicy: { defaultConsistencyLevel: 'Strong' }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: 'Continuous7Days' }
    }
  }
}

resource sql 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-11-15' = {
  parent: account
  name: database
  properties: {
    resource: { id: database }
  }
}

resource container 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-11-15' = [for definition in containers: {
  parent: sql
  name: definition.name
  properties: {
    resource: {
      id: definition.name
      partitionKey: {
        kind: 'MultiHash'
        version: 2
        paths: definition.levels
      }
      // Time to live is on; only documents that name one expire.
      defaultTtl: -1
      indexingPolicy: {
        automatic: true
        indexingMode: 'consistent'
        includedPaths: map(definition.included, path => { path: path })
        excludedPaths: [{ path: '/*' }]
        compositeIndexes: map(definition.composites, paths => map(paths, path => { path: path, order: 'ascending' }))
      }
    }
  }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account
  name: 'control-plane'
  properties: {
    workspaceId: logWorkspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'ControlPlaneRequests', enabled: true }]
  }
}

output id string = account.id
output name string = account.name
output endpoint string = account.properties.documentEndpoint
