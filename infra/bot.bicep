metadata description = 'The bot itself, on what main.bicep made. Deployed again for every release.'

@description('The image, such as NAME.azurecr.io/forthright:0.1.0.')
param image string

@description('The client id of the app registration that signs people in to the desk: a managed identity cannot.')
param tabAudience string

@description('The directory file in base64. Secure, as it names people: so it stays out of the history of deployments.')
@secure()
param directory string

@description('The human to whom somebody may appeal who was stopped from asking. Plain text.')
param appealTo string = ''

@description('Where nobody is left who may change the settings: the object id of who becomes an admin at the next start.')
param admin string = ''

@minValue(1)
@maxValue(10)
param minReplicas int = 1

param location string = resourceGroup().location

var unique = 'forthright${uniqueString(resourceGroup().id)}'
var port = 3978
var figuresPort = 9464

/** The user of the image, who owns the folder of the key file. */
var user = 1000

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: 'forthright'
}

resource apps 'Microsoft.App/managedEnvironments@2025-01-01' existing = {
  name: 'forthright'
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: unique
}

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' existing = {
  name: unique
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: unique
}

/** Whatever .env.example has and this has not is in a table of README.md, with the reason. None of it is a secret. */
var settings = [
  { name: 'NODE_ENV', value: 'production' }
  { name: 'PORT', value: string(port) }
  { name: 'MICROSOFT_APP_ID', value: identity.properties.clientId }
  { name: 'MICROSOFT_APP_TENANT_ID', value: tenant().tenantId }
  { name: 'MICROSOFT_APP_TYPE', value: 'UserAssignedMSI' }
  { name: 'TAB_AUDIENCE', value: tabAudience }
  { name: 'PUBLIC_URL', value: 'https://forthright.${apps.properties.defaultDomain}' }
  { name: 'COSMOS_ENDPOINT', value: account.properties.documentEndpoint }
  { name: 'COSMOS_DATABASE', value: 'forthright' }
  { name: 'KEY_FILE', value: '/keys/bot/forthright.json' }
  { name: 'KEY_VAULT_URL', value: vault.properties.vaultUri }
  { name: 'DIRECTORY_FILE', value: '/settings/directory.json' }
  { name: 'ADMIN', value: admin }
  { name: 'APPEAL_TO', value: appealTo }
  // For watch.mjs, in the same replica: from elsewhere nobody reaches it.
  { name: 'METRICS_HOST', value: '127.0.0.1' }
  { name: 'METRICS_PORT', value: string(figuresPort) }
]

resource bot 'Microsoft.App/containerApps@2025-01-01' = {
  name: 'forthright'
  location: location
  tags: { 'azd-service-name': 'bot' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: apps.id
    workloadProfileName: 'Consumption'
    configuration: {
      // The old version goes once the new one is ready: both run for a moment, which the data allow.
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: port
        allowInsecure: false
      }
      registries: [
        {
          server: registry.properties.loginServer
          identity: identity.id
        }
      ]
      secrets: [{ name: 'directory', value: base64ToString(directory) }]
    }
    template: {
      // The bot gives itself 10 seconds for what it took.
      terminationGracePeriodSeconds: 30
      // The share belongs to root, and the bot is not root: this gives it a folder, and nobody else.
      initContainers: [
        {
          name: 'folder'
          image: 'mcr.microsoft.com/azurelinux/base/core:3.0'
          command: ['/bin/sh', '-c']
          args: ['mkdir -p /keys/bot && chown ${user}:${user} /keys/bot && chmod 700 /keys/bot']
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
          volumeMounts: [{ volumeName: 'keys', mountPath: '/keys' }]
        }
      ]
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: settings
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 2
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 10
              failureThreshold: 3
            }
            {
              // No more requests while the store does not answer; no restart, which would not mend it.
              type: 'Readiness'
              httpGet: { path: '/readyz', port: port }
              periodSeconds: 10
              timeoutSeconds: 3
              failureThreshold: 2
            }
          ]
          volumeMounts: [
            { volumeName: 'keys', mountPath: '/keys' }
            { volumeName: 'directory', mountPath: '/settings' }
          ]
        }
        {
          name: 'watch'
          image: image
          command: ['node']
          args: [
            '--input-type=module'
            '--eval'
            loadTextContent('watch.mjs')
            '--'
            string(port)
            string(figuresPort)
            '300000'
          ]
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: 10
        rules: [
          {
            name: 'requests'
            http: { metadata: { concurrentRequests: '50' } }
          }
        ]
      }
      volumes: [
        {
          name: 'keys'
          storageType: 'NfsAzureFile'
          storageName: 'keys'
        }
        {
          name: 'directory'
          storageType: 'Secret'
          secrets: [{ secretRef: 'directory', path: 'directory.json' }]
        }
      ]
    }
  }
}

output publicUrl string = 'https://${bot.properties.configuration.ingress.fqdn}'
