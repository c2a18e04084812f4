// Rdv in Azure: one resource group, one region of the European Union. infra/README.md says how to deploy it.
targetScope = 'resourceGroup'

import { dnsRecord, keyRing, mailRegistration, monthlyBudget, onCallPhone, openIdRegistration } from 'modules/types.bicep'

@description('Name of the deployment, in the resource names: 2 to 8 lower-case letters and digits.')
@minLength(2)
@maxLength(8)
param environmentName string

@description('Azure region. Only regions of the European Union.')
@allowed(['francecentral', 'westeurope', 'northeurope', 'germanywestcentral', 'swedencentral'])
param location string = 'francecentral'

@description('False for the first deployment, which makes the vault and no app. True once the vault has every name of the output `secretNames`: a reference to a secret that is not there yet is kept for a day.')
param secretsAreSet bool = false

@description('False until the code runs. Then it subscribes to SMS delivery reports and turns the alerts on.')
param codeIsDeployed bool = false

@description('Telephone number of the hotline, as people dial it. Every SMS gives it.')
@minLength(4)
param hotlinePhone string

@description('Public address of the site, without a slash at the end. Empty: the address that Azure gives the app.')
param siteBaseUrl string = ''

@description('Id of the Azure Front Door that stands before the site, which alone is let in then. Empty: none does.')
param frontDoorId string = ''

@description('Host name of the SMTP relay.')
param smtpHost string = 'smtp.azurecomm.net'

@description('Port of the SMTP relay, with STARTTLS.')
@minValue(1)
@maxValue(65535)
param smtpPort int = 587

@description('User name at the SMTP relay. Its password is the secret `smtp-password` of the vault.')
param smtpUser string

@description('Sender address of invites. It is nobody\'s mailbox.')
param smtpFrom string

@description('The sender of mails, where they leave by Communication Services. Null: by another relay, `smtpHost`.')
param mail mailRegistration?

@description('Sender name of SMS: letters and digits, 11 at most, one letter at least. One way: nobody can answer it.')
@minLength(1)
@maxLength(11)
param smsSender string

@description('False: nobody is told whether an SMS arrived, and no report, which holds a number, goes by Event Grid. What an earlier deployment made is deleted by hand, once.')
param smsDeliveryReports bool = true

@description('Where Communication Services keep data at rest.')
@allowed(['France', 'Europe'])
param communicationDataLocation string = 'France'

@description('Client id of the Entra app registration that staff sign in with.')
@minLength(36)
@maxLength(36)
param signInClientId string

@description('The OpenID provider that staff sign in with beside Entra ID. Null: Entra ID only.')
param openIdProvider openIdRegistration?

@description('Object id of the Entra group that sets and rotates secrets. Empty: nobody is given that right here.')
param operatorsGroupId string = ''

@description('E-mail address that alerts go to.')
param alertsEmail string

@description('A telephone that the alerts of severity 1 ring as well: no messages, no timer, no site, no storage. Null: none does.')
param alertsPhone onCallPhone?

@description('What a month may cost before somebody is told. Null: nobody is.')
param budget monthlyBudget?

@description('Settings of Rdv that have a default, by name: Site__LegalNotice, Sms__PerDay and the others of docs/operations.md.')
param moreSettings { *: string } = {}

@description('Secrets that the keys in SMS links are derived from.')
param linkKeys keyRing = { current: 1, live: [1] }

@description('Secrets that phone numbers are hashed with in row keys.')
param phoneKeys keyRing = { current: 1, live: [1] }

@description('Secrets that the tokens of calendar feeds are derived from.')
param feedKeys keyRing = { current: 1, live: [1] }

@description('Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Name of the table. Another one after a restore: the one that was restored into.')
@minLength(3)
@maxLength(63)
param tableName string = 'rdv'

@description('Redundancy of the account of the backups. GRS and GZRS keep a copy in the paired region.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param backupSku string = 'Standard_GRS'

@description('Days for which nobody can change or delete a backup; a day later it goes.')
@minValue(1)
@maxValue(400)
param backupDays int = 35

@description('True locks that for good: it can be prolonged and never be shortened, by nobody. False while all is tried out.')
param backupsAreLocked bool = false

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Most gigabytes of logs a day; -1 for no limit. Past it, alerts on logs are blind until the next day.')
param logDailyQuotaGb int = -1

@description('Instances that are always warm for web requests; 0 saves money and costs a slow first page.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 1

@description('Most instances at a time.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Answers 5xx in 15 minutes above which someone is told.')
@minValue(0)
param serverErrorsIn15Minutes int = 5

@description('Answers 429 in 15 minutes above which someone is told.')
@minValue(0)
param tooManyIn15Minutes int = 300

@description('Percentage of storage requests served, averaged over 15 minutes, below which someone is told.')
@minValue(1)
@maxValue(100)
param storageAvailability int = 99

var unique = uniqueString(resourceGroup().id)
var suffix = 'rdv-${environmentName}-${unique}'
var functionAppName = 'func-${suffix}'
var communicationName = 'acs-${suffix}'
var vaultName = 'kv-${environmentName}-${take(unique, 12)}'
var topicName = 'evgt-${suffix}'
var vaultSettings = { Smtp__Password: 'smtp-password' }
var tags = { application: 'rdv', environment: environmentName }

// User-assigned, so that its rights exist before the app starts for the first time.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${suffix}'
  location: location
  tags: tags
}

module logs 'modules/logs.bicep' = {
  name: 'logs'
  params: {
    location: location
    tags: tags
    suffix: suffix
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
    redactionRuleExists: codeIsDeployed
    identityName: identity.name
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    tags: tags
    name: take('strdv${environmentName}${unique}', 24)
    sku: storageSku
    identityName: identity.name
  }
}

module backup 'modules/backup.bicep' = {
  name: 'backup'
  params: {
    location: location
    tags: tags
    name: take('stbak${environmentName}${unique}', 24)
    sku: backupSku
    days: backupDays
    locked: backupsAreLocked
    identityName: identity.name
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    location: location
    tags: tags
    name: vaultName
    identityName: identity.name
    operatorsGroupId: operatorsGroupId
    workspaceId: logs.outputs.workspaceId
  }
}

module mailDomain 'modules/mail.bicep' = if (mail != null) {
  name: 'mail'
  params: {
    tags: tags
    name: 'email-${suffix}'
    domain: mail!.domain
    senderUsername: split(smtpFrom, '@')[0]
    isVerified: mail!.isVerified
    dataLocation: communicationDataLocation
  }
}

module sms 'modules/sms.bicep' = {
  name: 'sms'
  params: {
    tags: tags
    name: communicationName
    deliveryReports: smsDeliveryReports
    topicName: topicName
    dataLocation: communicationDataLocation
    linkedDomains: (mail.?isVerified ?? false) ? [mailDomain!.outputs.domainId] : []
    identityName: identity.name
  }
}

module mailSender 'modules/mailSender.bicep' = if (mail.?isVerified ?? false) {
  name: 'mail-sender'
  params: {
    communicationName: communicationName
    username: smtpUser
    applicationId: mail!.applicationId
    principalId: mail!.principalId
  }
  dependsOn: [sms]
}

// Not before its secrets are there.
module functionApp 'modules/functionApp.bicep' = if (secretsAreSet) {
  name: 'function-app'
  params: {
    location: location
    tags: tags
    name: functionAppName
    planName: 'plan-${suffix}'
    identityName: identity.name
    storageAccountName: storage.outputs.name
    packagesUrl: storage.outputs.packagesUrl
    insightsConnectionString: logs.outputs.connectionString
    vaultName: vault.outputs.name
    signInClientId: signInClientId
    openId: openIdProvider
    alwaysReadyInstances: alwaysReadyInstances
    maximumInstances: maximumInstances
    siteBaseUrl: siteBaseUrl
    frontDoorId: frontDoorId
    deliveryReports: smsDeliveryReports
    settings: union(moreSettings, {
      Tables__Endpoint: storage.outputs.tableEndpoint
      Tables__Name: tableName
      Backup__Endpoint: backup.outputs.blobEndpoint
      Backup__Container: backup.outputs.container
      Hotline__Phone: hotlinePhone
      Smtp__Host: smtpHost
      Smtp__Port: string(smtpPort)
      Smtp__User: smtpUser
      Smtp__From: smtpFrom
      Sms__Endpoint: sms.outputs.endpoint
      Sms__Sender: smsSender
      Proxy__FrontDoorId: frontDoorId
      SignIn__OpenIdName: openIdProvider.?name ?? ''
      SignIn__OpenIdLabel: openIdProvider.?label ?? ''
      SignIn__OpenIdIssuer: openIdProvider.?issuer ?? ''
      SignIn__OpenIdVerifiesAddresses: (openIdProvider.?verifiesAddresses ?? false) ? 'true' : 'false'
    })
    vaultSettings: vaultSettings
    keys: { Link: linkKeys, Phone: phoneKeys, Feed: feedKeys }
  }
}

module deliveryReports 'modules/deliveryReports.bicep' = if (secretsAreSet && codeIsDeployed && smsDeliveryReports) {
  name: 'delivery-reports'
  params: {
    topicName: topicName
    functionAppName: functionAppName
  }
  dependsOn: [sms, functionApp]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    tags: tags
    suffix: suffix
    enabled: codeIsDeployed
    email: alertsEmail
    phone: alertsPhone
    workspaceId: logs.outputs.workspaceId
    tablesId: storage.outputs.tablesId
    deliveryReports: smsDeliveryReports
    reportsTopicId: sms.outputs.topicId
    serverErrorsIn15Minutes: serverErrorsIn15Minutes
    tooManyIn15Minutes: tooManyIn15Minutes
    storageAvailability: storageAvailability
  }
}

module availability 'modules/availability.bicep' = if (secretsAreSet) {
  name: 'availability'
  params: {
    location: location
    tags: tags
    suffix: suffix
    enabled: codeIsDeployed
    siteBaseUrl: functionApp!.outputs.siteBaseUrl
    insightsId: logs.outputs.insightsId
    actionGroupId: alerts.outputs.actionGroupId
    onCallGroupId: alerts.outputs.onCallGroupId
  }
}

module secretExpiry 'modules/secretExpiry.bicep' = {
  name: 'secret-expiry'
  params: {
    location: location
    tags: tags
    vaultName: vaultName
    topicName: 'evgt-vault-${suffix}'
    actionGroupId: alerts.outputs.actionGroupId
  }
  dependsOn: [vault]
}

module spending 'modules/budget.bicep' = if (budget != null) {
  name: 'budget'
  params: {
    name: 'budget-${suffix}'
    amount: budget!.amount
    startDate: budget!.from
    email: alertsEmail
    actionGroupId: alerts.outputs.actionGroupId
  }
}

@description('What the DNS of the mail domain has to say before mails can leave; empty without one.')
output mailRecords dnsRecord[] = mailDomain.?outputs.records ?? []

@description('Name of the e-mail service. Empty without one.')
output emailServiceName string = mail == null ? '' : 'email-${suffix}'

@description('Name of the function app, to publish to. Empty before the secrets are set, as the next two.')
output functionAppName string = functionApp.?outputs.name ?? ''

@description('Public address of the site, without a slash at the end.')
output siteBaseUrl string = functionApp.?outputs.siteBaseUrl ?? ''

@description('Host name that Azure gives the app. Behind a Front Door it answers nobody but that.')
output hostName string = functionApp.?outputs.hostName ?? ''

@description('Name of the vault, to set the secrets in.')
output vaultName string = vault.outputs.name

@description('Names of the secrets that the app refers to, with a space between them.')
output secretNames string = join(
  concat(
    map(linkKeys.live, number => 'keys-link-${number}'),
    map(phoneKeys.live, number => 'keys-phone-${number}'),
    map(feedKeys.live, number => 'keys-feed-${number}'),
    map(items(vaultSettings), setting => setting.value),
    openIdProvider == null ? [] : ['openid-client-secret']
  ),
  ' '
)

@description('Name of the storage account of the tables.')
output storageAccountName string = storage.outputs.name

@description('Name of the account of the backups.')
output backupAccountName string = backup.outputs.name

@description('Name of the topic of delivery reports.')
output topicName string = topicName

@description('Resource id of the Log Analytics workspace.')
output workspaceId string = logs.outputs.workspaceId

@description('Object id of the identity, for the federated credential of the app registration.')
output identityPrincipalId string = identity.properties.principalId
