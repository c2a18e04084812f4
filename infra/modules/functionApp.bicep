// The function app: plan, app, settings, sign-in of staff.
import { keyRing, openIdRegistration } from 'types.bicep'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the function app.')
param name string

@description('Name of its plan.')
param planName string

@description('Name of the user-assigned identity that the app runs under.')
param identityName string

@description('Name of the storage account of the host.')
param storageAccountName string

@description('Address of the container that packages are published to.')
param packagesUrl string

@description('Application Insights connection string.')
param insightsConnectionString string

@description('Name of the vault of the secrets.')
param vaultName string

@description('Client id of the Entra app registration that staff sign in with.')
param signInClientId string

@description('The OpenID provider that staff sign in with beside Entra ID. Null: Entra ID only.')
param openId openIdRegistration?

@description('Instances that are always warm for web requests; 0 saves money and costs a slow first page.')
param alwaysReadyInstances int

@description('Most instances at a time.')
param maximumInstances int

@description('Settings of Rdv that are not secrets, by name.')
param settings { *: string }

@description('Settings of Rdv that are secrets: the name of the secret in the vault, by name of setting.')
param vaultSettings { *: string }

@description('The secrets of links, phone rows and feeds, by use.')
param keys { Link: keyRing, Phone: keyRing, Feed: keyRing }

@description('Id of the Azure Front Door that stands before the site, which alone is let in then. Empty: none does.')
param frontDoorId string

@description('True: Event Grid is let in beside Front Door, with the delivery reports of SMS.')
param deliveryReports bool

@description('Public address of the site, without a slash at the end. Empty: the address that Azure gives the app.')
param siteBaseUrl string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // By this the Azure Developer CLI finds where to publish (azure.yaml).
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      // Whoever goes round Front Door could write its headers.
      ipSecurityRestrictionsDefaultAction: empty(frontDoorId) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: empty(frontDoorId)
        ? []
        : concat(
            [
              {
                name: 'front-door'
                priority: 100
                action: 'Allow'
                tag: 'ServiceTag'
                ipAddress: 'AzureFrontDoor.Backend'
                headers: { 'x-azure-fdid': [frontDoorId] }
              }
            ],
            !deliveryReports
              ? []
              : [
                  {
                    name: 'delivery-reports'
                    priority: 200
                    action: 'Allow'
                    tag: 'ServiceTag'
                    ipAddress: 'AzureEventGrid'
                  }
                ]
          )
    }
  }

  // Publishing goes by Entra too: no publishing password.
  resource publishingByFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource publishingByHttp 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(
      settings,
      toObject(
        items(vaultSettings),
        s => s.key,
        s => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${s.value})'
      ),
      toObject(items(keys), ring => 'Keys__${ring.key}__Current', ring => string(ring.value.current)),
      toObject(
        flatten(map(items(keys), ring => map(ring.value.live, number => { use: ring.key, number: number }))),
        key => 'Keys__${key.use}__${key.number}',
        key => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=keys-${toLower(key.use)}-${key.number})'
      ),
      {
        Site__BaseUrl: empty(siteBaseUrl) ? 'https://${app.properties.defaultHostName}' : siteBaseUrl
        // For the first administrator; the staff directory gives all other roles, which end and are seen.
        SignIn__AdminRoleOnly: 'true'
        // Which identity the Azure SDK takes when several are attached.
        AZURE_CLIENT_ID: identity.properties.clientId
        AzureWebJobsStorage__accountName: storageAccountName
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identity.properties.clientId
        // The root page is ours.
        AzureWebJobsDisableHomepage: 'true'
        APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
        // Sign-in proves itself to Entra by this identity, federated with the app registration: there is no client secret.
        OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identity.properties.clientId
      },
      openId == null
        ? {}
        : { OPENID_CLIENT_SECRET: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=openid-client-secret)' }
    )
  }

  // Citizens pass without an account. Whoever has signed in carries X-MS-CLIENT-PRINCIPAL, and the app decides.
  resource signIn 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true, runtimeVersion: '~1' }
      globalValidation: {
        requireAuthentication: false
        unauthenticatedClientAction: 'AllowAnonymous'
      }
      httpSettings: {
        requireHttps: true
        forwardProxy: { convention: empty(frontDoorId) ? 'NoProxy' : 'Standard' }
      }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: signInClientId
            clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
            openIdIssuer: '${environment().authentication.loginEndpoint}${subscription().tenantId}/v2.0'
          }
          validation: { allowedAudiences: [signInClientId, 'api://${signInClientId}'] }
        }
        customOpenIdConnectProviders: openId == null
          ? {}
          : {
              '${openId!.name}': {
                enabled: true
                registration: {
                  clientId: openId!.clientId
                  clientCredential: { method: 'ClientSecretPost', clientSecretSettingName: 'OPENID_CLIENT_SECRET' }
                  openIdConnectConfiguration: {
                    wellKnownOpenIdConfiguration: '${openId!.issuer}/.well-known/openid-configuration'
                  }
                }
                login: { nameClaimType: 'sub', scopes: ['openid', 'email'] }
              }
            }
      }
      login: {
        tokenStore: { enabled: false }
        preserveUrlFragmentsForLogins: false
      }
    }
    dependsOn: [appSettings]
  }
}

// No diagnostic logs of HTTP: their addresses would hold the keys of links.

@description('Name of the function app.')
output name string = app.name

@description('Public address of the site, without a slash at the end.')
output siteBaseUrl string = empty(siteBaseUrl) ? 'https://${app.properties.defaultHostName}' : siteBaseUrl

@description('Host name that Azure gives the app.')
output hostName string = app.properties.defaultHostName
