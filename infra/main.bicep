metadata description = 'Everything that Forthright stands on, in one resource group. The bot itself is bot.bicep.'

@description('Who is told that something needs a human: an address of the people who run Forthright, not of comms.')
param alertEmail string

@description('How Cosmos DB is paid for: serverless by the request, autoscale by the highest rate of each hour. Chosen once: an account cannot change over.')
@allowed(['serverless', 'autoscale'])
param throughput string = 'serverless'

@description('The most request units a second, with autoscale. It falls to a tenth of that by itself.')
@minValue(1000)
param maxThroughput int = 1000

param location string = resourceGroup().location

/** Of what must be unique in all of Azure. bot.bicep finds things by the same names. */
var unique = 'forthright${uniqueString(resourceGroup().id)}'

/** The bot is known to Teams, to the database and to the vault by this identity alone: it has no password that could leak. */
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'forthright'
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'forthright'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    // A fault that repeats costs no more than this.
    workspaceCapping: { dailyQuotaGb: 1 }
    features: { enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

module network 'network.bicep' = {
  name: 'network'
  params: { location: location }
}

module cosmos 'cosmos.bicep' = {
  name: 'cosmos'
  params: {
    name: unique
    location: location
    throughput: throughput
    maxThroughput: maxThroughput
    principalId: identity.properties.principalId
    workspaceId: logs.id
    networkId: network.outputs.networkId
    endpointsId: network.outputs.endpointsId
  }
}

module vault 'vault.bicep' = {
  name: 'vault'
  params: {
    name: unique
    location: location
    principalId: identity.properties.principalId
    workspaceId: logs.id
    networkId: network.outputs.networkId
    endpointsId: network.outputs.endpointsId
  }
}

module share 'share.bicep' = {
  name: 'share'
  params: {
    name: unique
    location: location
    networkId: network.outputs.networkId
    endpointsId: network.outputs.endpointsId
  }
}

module apps 'apps.bicep' = {
  name: 'apps'
  params: {
    name: unique
    location: location
    subnetId: network.outputs.appsId
    workspaceId: logs.id
    principalId: identity.properties.principalId
    shareServer: share.outputs.server
    sharePath: share.outputs.path
  }
}

module teams 'teams.bicep' = {
  name: 'teams'
  params: {
    name: unique
    identityName: identity.name
    domain: apps.outputs.domain
  }
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    email: alertEmail
    workspaceId: logs.id
  }
}

@description('Where azd puts the image; it asks for this name.')
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = apps.outputs.registry

@description('MICROSOFT_APP_ID, for the app package.')
output botId string = identity.properties.clientId

@description('PUBLIC_URL, for the app package and for the app registration that signs people in to the desk.')
output publicUrl string = 'https://${apps.outputs.domain}'
