metadata description = 'The vault that wraps what is in the key file: one key per week, which must be destroyable.'

param name string
param location string
@description('The bot’s identity.')
param principalId string
param workspaceId string
param networkId string
param endpointsId string

var group = resourceGroup().id

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    publicNetworkAccess: 'Disabled'
    enableSoftDelete: true
    // The least that Azure allows. enablePurgeProtection is left out on purpose, and Azure never lets it be taken back: under
    // it, a week's key that the bot destroyed could be recovered for as long as this says, and with it who asked in that
    // week. A key that can come back is not destroyed. What we pay: whoever may purge here can close the return addresses of
    // every week for good; that is the bot alone.
    softDeleteRetentionInDays: 7
  }
}

/**
 * What vault-azure.ts does, and no more. Key Vault Crypto Officer would do too, but may also back a key up, recover and
 * import: a copy of a key would outlive its destruction.
 */
resource keeper 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(vault.id, 'keeper')
  properties: {
    roleName: 'Forthright key keeper (${name})'
    description: 'Makes, uses and destroys the keys of Forthright’s weeks.'
    type: 'CustomRole'
    assignableScopes: [group]
    permissions: [
      {
        actions: []
        dataActions: [
          'Microsoft.KeyVault/vaults/keys/read'
          'Microsoft.KeyVault/vaults/keys/create/action'
          'Microsoft.KeyVault/vaults/keys/wrap/action'
          'Microsoft.KeyVault/vaults/keys/unwrap/action'
          'Microsoft.KeyVault/vaults/keys/delete'
          'Microsoft.KeyVault/vaults/keys/purge/action'
        ]
      }
    ]
  }
}

resource keys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, 'keeper')
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: keeper.id
  }
}

/**
 * Who used, deleted or purged which week's key, and when: it shows a stranger, and proves a destruction. It names no person who
 * asks: the bot alone comes here. It does tell when notices were sent and questions entered, which mixing parts from the asking.
 */
resource uses 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'uses'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

module endpoint 'endpoint.bicep' = {
  name: 'vault-endpoint'
  params: {
    name: 'forthright-vault'
    location: location
    targetId: vault.id
    group: 'vault'
    zone: 'privatelink.vaultcore.azure.net'
    networkId: networkId
    endpointsId: endpointsId
  }
}
