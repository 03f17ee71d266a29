param networkId string
param subnetId string
param hostStorageId string
param productStorageId string
param cosmosId string
param vaultId string
param searchId string
param modelsId string
param location string
param tags object

var storage = environment().suffixes.storage
var zoneNames = concat(
  [
    'privatelink.blob.${storage}'
    'privatelink.queue.${storage}'
    'privatelink.table.${storage}'
    'privatelink.documents.azure.com'
    'privatelink.vaultcore.azure.net'
  ],
  searchId == '' ? [] : ['privatelink.search.windows.net'],
  modelsId == '' ? [] : ['privatelink.openai.azure.com'])
var connections = concat(
  [
    { name: 'pe-host-blob', id: hostStorageId, kind: 'blob', zone: 'privatelink.blob.${storage}' }
    { name: 'pe-host-queue', id: hostStorageId, kind: 'queue', zone: 'privatelink.queue.${storage}' }
    { name: 'pe-host-table', id: hostStorageId, kind: 'table', zone: 'privatelink.table.${storage}' }
    { name: 'pe-product-queue', id: productStorageId, kind: 'queue', zone: 'privatelink.queue.${storage}' }
    { name: 'pe-cosmos', id: cosmosId, kind: 'Sql', zone: 'privatelink.documents.azure.com' }
    { name: 'pe-vault', id: vaultId, kind: 'vault', zone: 'privatelink.vaultcore.azure.net' }
  ],
  searchId == '' ? [] : [{ name: 'pe-search', id: searchId, kind: 'searchService', zone: 'privatelink.search.windows.net' }],
  modelsId == '' ? [] : [{ name: 'pe-models', id: modelsId, kind: 'account', zone: 'privatelink.openai.azure.com' }])

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = [for name in zoneNames: {
  name: name
  location: 'global'
  tags: tags
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (name, i) in zoneNames: {
  parent: zone[i]
  name: 'network'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: networkId }
  }
}]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [for connection in connections: {
  name: connection.name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: connection.name
        properties: { privateLinkServiceId: connection.id, groupIds: [connection.kind] }
      }
    ]
  }
}]

resource record 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (connection, i) in connections: {
  parent: endpoint[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: 'zone'
        properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', connection.zone) }
      }
    ]
  }
  dependsOn: [zone]
}]
