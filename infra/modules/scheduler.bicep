param name string
param taskHub string
param allowlist array
param location string
param tags object

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'Consumption' }
    // Empty denies everybody. The service has no keys: a caller needs a role as well.
    ipAllowlist: allowlist
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: taskHub
}

output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
