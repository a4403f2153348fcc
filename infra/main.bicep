// All that the Klachtenbot needs in Azure, in one resource group, with the least rights that do.
// docs/beheer.md tells how it is deployed, and what comes before and after.
// No key or password is in it, and none is used: the bot gets in everywhere as its own managed identity.

@description('Where everything lies.')
param location string = 'westeurope'

@description('Where the Azure Bot itself lies: global, or westeurope to keep what passes through it in the European Union.')
@allowed(['global', 'westeurope'])
param botLocation string = 'global'

@description('What every name begins with: small letters and digits, a letter first.')
@minLength(3)
@maxLength(10)
param prefix string = 'klachten'

@description('The version of the bot: the tag of its image in the registry.')
param version string

@description('The name under which the bot stands in the portal.')
param displayName string = 'Klachtenbot'

@description('The pricing tier of the Azure Bot: F0 is free, also for Teams; S1 comes with a promise of availability.')
@allowed(['F0', 'S1'])
param botSku string = 'F0'

@description('The size of the machine that the bot runs on; B1 is the smallest that keeps it on.')
param planSku string = 'B1'

@description('How much the bot logs.')
@allowed(['error', 'warn', 'info', 'debug'])
param logLevel string = 'info'

@description('How many days logs are kept. There are no personal data in them.')
@minValue(30)
@maxValue(730)
param logDays int = 90

@description('A virus scanner that speaks the protocol of clamd, as host:port. Empty: files are not scanned.')
param clamdAddress string = ''

@description('After how many minutes a message that waits to be sent is late.')
@minValue(1)
@maxValue(1440)
param noticesLateAfter int = 15

@description('Who gets an e-mail when the bot is not ready, or its messages wait too long. Empty: nobody.')
param alertEmail string = ''

// Names that must be the only ones of their kind in the world end in thirteen letters and digits made from the resource group.
var suffix = uniqueString(resourceGroup().id)
var uniqueName = '${prefix}-${suffix}'
var plainUniqueName = '${prefix}${suffix}'

var port = '3978'
var databaseName = 'klachten'
var filesName = 'bestanden'
var sealingKeysName = 'sealing-keys'

// Built-in roles of Azure.
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

// As src/store/cosmos-containers.ts makes them; test/infra/bicep.test.ts keeps the two the same.
var partitionPath = '/pk'
var containers = [
  {
    name: 'complaints'
    indexed: [
      '/id/?'
      '/reference/?'
      '/place/?'
      '/active/?'
      '/endedAt/?'
      '/dueAt/?'
      '/owedSince/?'
      '/audience/[]/?'
      '/searchKeys/[]/?'
      '/pk/?'
    ]
  }
  {
    name: 'settings'
    indexed: [
      '/id/?'
      '/kind/?'
      '/pk/?'
    ]
  }
  {
    name: 'logs'
    indexed: [
      '/log/?'
      '/place/?'
      '/pk/?'
    ]
  }
  {
    name: 'records'
    indexed: [
      '/place/?'
      '/pk/?'
    ]
  }
]

// ---- Who the bot is ----

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-bot'
  location: location
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: uniqueName
  location: botLocation
  kind: 'azurebot'
  sku: {
    name: botSku
  }
  properties: {
    displayName: displayName
    endpoint: 'https://${site.properties.defaultHostName}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppTenantId: tenant().tenantId
    msaAppMSIResourceId: identity.id
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: botLocation
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
    }
  }
}

// ---- What it keeps: complaints ----

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: uniqueName
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [
      {
        name: 'EnableServerless'
      }
    ]
    locations: [
      {
        locationName: location
        failoverPriority: 0
      }
    ]
    consistencyPolicy: {
      defaultConsistencyLevel: 'Session'
    }
    // No keys: only who has a role gets in.
    disableLocalAuth: true
    minimalTlsVersion: 'Tls12'
    // What was destroyed (R14) can be brought back by who may restore the account, for seven days; then it is gone.
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: 'Continuous7Days'
      }
    }
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-11-15' = {
  parent: account
  name: databaseName
  properties: {
    resource: {
      id: databaseName
    }
  }
}

resource databaseContainers 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-11-15' = [
  for container in containers: {
    parent: database
    name: container.name
    properties: {
      resource: {
        id: container.name
        partitionKey: {
          kind: 'Hash'
          paths: [
            partitionPath
          ]
        }
        indexingPolicy: {
          indexingMode: 'consistent'
          automatic: true
          includedPaths: [
            for path in container.indexed: {
              path: path
            }
          ]
          excludedPaths: [
            {
              path: '/*'
            }
          ]
        }
      }
    }
  }
]

// Cosmos DB has roles of its own. Less than its built-in 'Data Contributor', which may run stored procedures too.
resource readsAndWritesItems 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = {
  parent: account
  name: guid(account.id, 'reads and writes items')
  properties: {
    roleName: 'Klachtenbot: reads and writes items'
    type: 'CustomRole'
    assignableScopes: [
      account.id
    ]
    permissions: [
      {
        dataActions: [
          'Microsoft.DocumentDB/databaseAccounts/readMetadata'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/*'
        ]
      }
    ]
  }
}

// The library asks the account itself which regions it has, before it opens a database.
resource readsMetadata 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = {
  parent: account
  name: guid(account.id, 'reads metadata')
  properties: {
    roleName: 'Klachtenbot: reads metadata'
    type: 'CustomRole'
    assignableScopes: [
      account.id
    ]
    permissions: [
      {
        dataActions: [
          'Microsoft.DocumentDB/databaseAccounts/readMetadata'
        ]
      }
    ]
  }
}

resource botReadsAndWritesItems 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(account.id, identity.id, 'reads and writes items')
  properties: {
    principalId: identity.properties.principalId
    roleDefinitionId: readsAndWritesItems.id
    scope: '${account.id}/dbs/${databaseName}'
  }
  dependsOn: [
    database
  ]
}

resource botReadsMetadata 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(account.id, identity.id, 'reads metadata')
  properties: {
    principalId: identity.properties.principalId
    roleDefinitionId: readsMetadata.id
    scope: account.id
  }
}

// ---- What it keeps: files ----

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: plainUniqueName
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

// A file that is destroyed (R14) is gone at once: no versions, no soft delete of blobs. The container as a whole can be
// brought back for seven days, with what was in it when it was removed.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
  properties: {
    isVersioningEnabled: false
    deleteRetentionPolicy: {
      enabled: false
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 7
    }
  }
}

resource files 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: filesName
  properties: {
    publicAccess: 'None'
  }
}

resource botReadsAndWritesFiles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: files
  name: guid(files.id, identity.id, storageBlobDataContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
  }
}

// ---- What opens it: the sealing keys ----

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: uniqueName
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    // Without the keys everything is lost: nobody can remove them for good within ninety days.
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
  }
}

resource botReadsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, keyVaultSecretsUser)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

// ---- Where it runs ----

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: plainUniqueName
  location: location
  sku: {
    name: 'Basic'
  }
  properties: {
    adminUserEnabled: false
  }
}

resource botPullsImages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, identity.id, acrPull)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${prefix}-plan'
  location: location
  kind: 'linux'
  sku: {
    name: planSku
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2023-12-01' = {
  name: uniqueName
  location: location
  kind: 'app,linux,container'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    siteConfig: {
      linuxFxVersion: 'DOCKER|${registry.properties.loginServer}/klachtenbot:${version}'
      acrUseManagedIdentityCreds: true
      acrUserManagedIdentityID: identity.properties.clientId
      // The hourly round must go on when nobody talks to the bot.
      alwaysOn: true
      // Ready, not only alive: an instance that alone lost the store is replaced, and who watches sees that it has gone.
      // The only instance is not taken out, nor all at once, so that people still get an answer while the store or Teams is away.
      healthCheckPath: '/readyz'
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
  }
  dependsOn: [
    botPullsImages
    botReadsSecrets
  ]
}

resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: site
  name: 'appsettings'
  properties: {
    MicrosoftAppType: 'UserAssignedMSI'
    MicrosoftAppId: identity.properties.clientId
    MicrosoftAppTenantId: tenant().tenantId
    PORT: port
    COSMOS_ENDPOINT: account.properties.documentEndpoint
    COSMOS_DATABASE: databaseName
    BLOB_CONTAINER_URL: '${storage.properties.primaryEndpoints.blob}${filesName}'
    // Where people's browsers look at files, for two minutes at a time.
    PUBLIC_URL: 'https://${site.properties.defaultHostName}'
    SEALING_KEYS: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=${sealingKeysName})'
    CLAMD_ADDRESS: clamdAddress
    NOTICES_LATE_AFTER: string(noticesLateAfter)
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    LOG_LEVEL: logLevel
    // Which identity the libraries for Cosmos DB and Blob Storage take.
    AZURE_CLIENT_ID: identity.properties.clientId
    WEBSITES_PORT: port
    // Seconds between SIGTERM and the end: the bot takes up to 20, the platform gives 5 if not told.
    WEBSITES_CONTAINER_STOP_TIME_LIMIT: '30'
    WEBSITES_ENABLE_APP_SERVICE_STORAGE: 'false'
  }
}

// No publishing with a user name and password.
resource noPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = [
  for name in ['ftp', 'scm']: {
    parent: site
    name: name
    properties: {
      allow: false
    }
  }
]

// ---- Who looks after it ----

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${prefix}-logs'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: logDays
  }
}

// What the bot measures: turns, calls and waiting messages, without personal data.
resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${prefix}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableIpMasking: false
  }
}

// What the bot and the platform say. Not the log of requests, which would hold addresses.
resource siteLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: 'logs'
  properties: {
    workspaceId: workspace.id
    logs: [
      {
        category: 'AppServiceConsoleLogs'
        enabled: true
      }
      {
        category: 'AppServicePlatformLogs'
        enabled: true
      }
    ]
  }
}

// Who read or changed the keys.
resource vaultLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'logs'
  properties: {
    workspaceId: workspace.id
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}

resource watchers 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: '${prefix}-watchers'
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'klachtenbot'
    emailReceivers: [
      {
        name: 'watcher'
        emailAddress: alertEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource notReady 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(alertEmail)) {
  name: '${prefix}-not-ready'
  location: 'global'
  properties: {
    description: 'The Klachtenbot is not ready: it does not run, can not reach its store, or its messages do not get out.'
    enabled: true
    severity: 1
    scopes: [
      site.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'ready'
          metricName: 'HealthCheckStatus'
          operator: 'LessThan'
          threshold: 100
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [
      {
        actionGroupId: watchers.id
      }
    ]
  }
}

resource noticesLate 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(alertEmail)) {
  name: '${prefix}-notices-late'
  location: 'global'
  properties: {
    description: 'A message of the Klachtenbot waits for longer than an hour, also where others do get out.'
    enabled: true
    severity: 2
    scopes: [
      insights.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'oldest'
          metricNamespace: 'azure.applicationinsights'
          metricName: 'klachtenbot.notices.oldest'
          // Azure knows a metric only once it was sent.
          skipMetricValidation: true
          operator: 'GreaterThan'
          threshold: 3600
          timeAggregation: 'Maximum'
        }
      ]
    }
    actions: [
      {
        actionGroupId: watchers.id
      }
    ]
  }
}

@description('The application id of the bot, for the app package.')
output appId string = identity.properties.clientId

@description('The name of the App Service, the Azure Bot, the Cosmos DB account and the key vault.')
output name string = uniqueName

@description('The name of the container registry and the storage account.')
output plainName string = plainUniqueName

@description('Where the bot answers.')
output address string = 'https://${site.properties.defaultHostName}'

@description('The address of the Cosmos DB account.')
output cosmosEndpoint string = account.properties.documentEndpoint
