metadata description = 'Where the bot runs: the registry of its image, and the environment that it shares with nobody.'

param name string
param location string
param subnetId string
param workspaceId string
@description('The bot’s identity.')
param principalId string
param shareServer string
param sharePath string

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: name
  location: location
  sku: { name: 'Basic' }
  properties: { adminUserEnabled: false }
}

/** AcrPull. */
resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, principalId, 'pull')
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      '7f951dda-4ed3-4680-a7ca-43fe172d538d'
    )
  }
}

resource apps 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: 'forthright'
  location: location
  properties: {
    // By diagnostic settings, which name what is recorded, and without the workspace's key.
    appLogsConfiguration: { destination: 'azure-monitor' }
    vnetConfiguration: {
      infrastructureSubnetId: subnetId
      internal: false
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
  }
}

/**
 * What the bot and the platform print. Never ContainerAppHTTPLogs, nor a category group, which would take it in: it notes the
 * address and the path of every request. In the tab a person's own device speaks to the bot: it would tell who asked, and when.
 */
resource printed 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: apps
  name: 'printed'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'ContainerAppConsoleLogs', enabled: true }
      { category: 'ContainerAppSystemLogs', enabled: true }
    ]
  }
}

resource keys 'Microsoft.App/managedEnvironments/storages@2025-01-01' = {
  parent: apps
  name: 'keys'
  properties: {
    nfsAzureFile: {
      server: shareServer
      shareName: sharePath
      accessMode: 'ReadWrite'
    }
  }
}

output registry string = registry.properties.loginServer
@description('The host at which bot.bicep will answer: an app is reached by its name in the environment’s domain.')
output domain string = 'forthright.${apps.properties.defaultDomain}'
