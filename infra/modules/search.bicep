// Its index is made by the app: Bicep cannot.
param name string
param sku string
param semantic bool
param location string
param tags object
param publicAccess bool
param logWorkspaceId string

resource service 'Microsoft.Search/searchServices@2023-11-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku }
  properties: {
    replicaCount: 1
    partitionCount: 1
    hostingMode: 'default'
    disableLocalAuth: true
    semanticSearch: semantic ? 'standard' : 'disabled'
    publicNetworkAccess: publicAccess ? 'enabled' : 'disabled'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: service
  name: 'metrics'
  properties: {
    workspaceId: logWorkspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = service.id
output name string = service.name
output endpoint string = 'https://${service.name}.search.windows.net'
