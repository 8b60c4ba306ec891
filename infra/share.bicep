metadata description = 'The folder of the key file, which all instances share; apart from the database and its backups.'

param name string
param location string
param networkId string
param endpointsId string

var zone = 'privatelink.file.${environment().suffixes.storage}'

/**
 * NFS, not SMB: the bot replaces the key file by renaming over it while it holds the old one open, to overwrite that. Over SMB
 * such a rename fails, and on older kernels the old file is gone as well. NFS also knows owners and modes, which the bot
 * looks at (0600), and no account key, which Container Apps would have to keep.
 */
resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  kind: 'FileStorage'
  sku: { name: 'Premium_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    // Container Apps cannot mount NFS under TLS. It travels within the network alone, and what travels is wrapped by the vault.
    supportsHttpsTrafficOnly: false
    publicNetworkAccess: 'Disabled'
    networkAcls: { bypass: 'None', defaultAction: 'Deny' }
  }
}

resource files 'Microsoft.Storage/storageAccounts/fileServices@2024-01-01' = {
  parent: storage
  name: 'default'
  properties: {
    // Without the key file nobody can be written back to. What it holds is wrapped by the vault: a copy tells nothing of a
    // week whose key was purged.
    shareDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource share 'Microsoft.Storage/storageAccounts/fileServices/shares@2024-01-01' = {
  parent: files
  name: 'keys'
  properties: {
    enabledProtocols: 'NFS'
    // Once, root gives the folder to the bot: see bot.bicep.
    rootSquash: 'NoRootSquash'
    // In GiB, the least of a premium share. The file has a few KB.
    shareQuota: 100
  }
}

module endpoint 'endpoint.bicep' = {
  name: 'share-endpoint'
  params: {
    name: 'forthright-share'
    location: location
    targetId: storage.id
    group: 'file'
    zone: zone
    networkId: networkId
    endpointsId: endpointsId
  }
}

output server string = '${storage.name}.${zone}'
output path string = '/${storage.name}/${share.name}'
