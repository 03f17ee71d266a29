// The signing secret and the key of secrets are made here and seen nowhere: not by azd, not in outputs.
param name string
@secure()
param signingSecret string
@secure()
param secretsKey string
param location string
param tags object
param publicAccess bool
param logWorkspaceId string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      defaultAction: publicAccess ? 'Allow' : 'Deny'
      bypass: 'None'
    }
  }
}

// A second deployment must not make every key invalid.
@onlyIfNotExists()
resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'signing-secret'
  properties: {
    value: signingSecret
    contentType: 'HMAC-SHA256 secret of Kith keys'
  }
}

@onlyIfNotExists()
resource key 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'secrets-key'
  properties: {
    value: secretsKey
    contentType: 'what secrets in the store are sealed with'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: logWorkspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

output id string = vault.id
output name string = vault.name
// Without a version, so that the app follows a rotation.
output signingSecretUri string = '${vault.properties.vaultUri}secrets/${secret.name}'
output secretsKeyUri string = '${vault.properties.vaultUri}secrets/${key.name}'
