// A second account, for the backups of the first: what deletes or overwrites there does not reach here.
@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the account: 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Redundancy. ZRS stays in the region; GRS and GZRS keep a copy in the paired region, for the day on which the region is lost.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param sku string

@description('Days for which nobody can change or delete a backup.')
@minValue(1)
@maxValue(400)
param days int

@description('True locks that: it can then be prolonged and never be shortened or taken off, by nobody.')
param locked bool

@description('Name of the user-assigned identity that the app runs under.')
param identityName string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Cool'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Of the account, since its state can be said here: that of a container is locked by a call that no template makes.
    // It can be set when the account is made, and not later.
    immutableStorageWithVersioning: {
      enabled: true
      immutabilityPolicy: {
        immutabilityPeriodSinceCreationInDays: days
        allowProtectedAppendWrites: false
        state: locked ? 'Locked' : 'Unlocked'
      }
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // The policy asks for versions. A deleted backup must not live on: no soft delete of blobs.
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: false }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource backups 'containers' = {
      name: 'backups'
      properties: { publicAccess: 'None' }
    }
  }

  resource expiry 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'delete-old-backups'
            enabled: true
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['backups/'] }
              actions: {
                baseBlob: { delete: { daysAfterCreationGreaterThan: days + 1 } }
                // What is deleted becomes a version first.
                version: { delete: { daysAfterCreationGreaterThan: days + 1 } }
              }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

// Adds backups, and neither reads, changes nor deletes any: who takes over the app finds no old data here.
resource writer 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'backup-writer')
  properties: {
    roleName: 'Rdv backup writer (${name})'
    description: 'Adds new blobs. Reads, changes and deletes none.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action']
        notDataActions: []
      }
    ]
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identity.id, writer.id)
  scope: account
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: writer.id
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep-${name}'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'The backups of Rdv. docs/operations.md says who takes this off, and when.'
  }
}

@description('Name of the account.')
output name string = account.name

@description('Address of its blobs.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Name of the container of the backups.')
output container string = account::blobs::backups.name
