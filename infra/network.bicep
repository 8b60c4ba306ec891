metadata description = 'One network: the bot in it, and the private addresses of database, vault and share.'

param location string

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'forthright'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.20.0.0/23'
          delegations: [
            {
              name: 'apps'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.20.2.0/27' }
      }
    ]
  }
}

output networkId string = network.id
output appsId string = network.properties.subnets[0].id
output endpointsId string = network.properties.subnets[1].id
