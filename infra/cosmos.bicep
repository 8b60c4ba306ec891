metadata description = 'The database: its containers, and who may open it.'

param name string
param location string
param throughput string
param maxThroughput int
@description('The bot’s identity.')
param principalId string
param workspaceId string
param networkId string
param endpointsId string

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [{ locationName: location }]
    // What decides is a create or an If-Match: see CONTRIBUTING.md.
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    capabilities: throughput == 'serverless' ? [{ name: 'EnableServerless' }] : []
    // An account's key opens everything, to whoever copies it, and leaves no name behind.
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: 'Disabled'
    // A backup holds what was erased: seven days of that, not the thirty that Azure also offers, and free of charge.
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: 'Continuous7Days' }
    }
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-11-15' = {
  parent: account
  name: 'forthright'
  properties: {
    resource: { id: 'forthright' }
    options: throughput == 'serverless' ? {} : { autoscaleSettings: { maxThroughput: maxThroughput } }
  }
}

/** As the bot itself would make them: containers.json is written by containers.ts, and a test compares the two. */
@batchSize(4)
resource containers 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-11-15' = [
  for container in loadJsonContent('containers.json'): {
    parent: database
    name: container.id
    properties: { resource: container }
  }
]

/** Cosmos DB Built-in Data Contributor: rows, and no more. It can neither make nor remove a container, nor read a key. */
resource rows 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(account.id, principalId)
  properties: {
    principalId: principalId
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002'
    scope: account.id
  }
}

/**
 * Who changed the account, and nothing of who uses it. Left off, and never to be switched on, not even through a category
 * group, which takes in whatever Azure adds:
 * DataPlaneRequests notes every read and write with its second, which beside Teams' own audit log tells who asked;
 * QueryRuntimeStatistics the text of queries; PartitionKeyRUConsumption and PartitionKeyStatistics the keys of
 * partitions, which are ids of Seals and of questions.
 */
resource changes 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account
  name: 'changes'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'ControlPlaneRequests', enabled: true }]
  }
}

module endpoint 'endpoint.bicep' = {
  name: 'cosmos-endpoint'
  params: {
    name: 'forthright-cosmos'
    location: location
    targetId: account.id
    group: 'Sql'
    zone: 'privatelink.documents.azure.com'
    networkId: networkId
    endpointsId: endpointsId
  }
}
