// Log Analytics, the rule that redacts addresses, and Application Insights.
import { roles } from 'roles.bicep'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('End of the resource names.')
param suffix string

@description('Days that logs are kept.')
param retentionDays int

@description('Most gigabytes a day that are taken in; -1 for no limit.')
param dailyQuotaGb int

@description('True when this is not the first deployment: the redaction rule exists, and is never detached, even for a moment.')
param redactionRuleExists bool

@description('Name of the user-assigned identity that the app runs under. It writes telemetry.')
param identityName string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

var workspaceName = 'log-${suffix}'
var ruleName = 'dcr-${suffix}'

// The host writes the address of each request to telemetry, and nothing in host.json stops it. An address can be
// the link of an SMS (/{token}, or what is left of one that was cut off, /p/{person}/{key}), its long form (/r/{reference}/{key}) or a feed (/calendars/{token}.ics): none may be in a log.
// A request that no function takes is named after its path: only its verb is kept.
var redactNames = 'extend Name = iff(Name contains "/", extract("^[A-Z]+", 0, Name), Name), OperationName = iff(OperationName contains "/", extract("^[A-Z]+", 0, OperationName), OperationName)'
var redactOperation = 'extend OperationName = iff(OperationName contains "/", extract("^[A-Z]+", 0, OperationName), OperationName)'
var links = '/(r/|p/|calendars/|[0-9][0-9ABab][0-9A-Za-z]{8,28})[^ "?]*'
var keys = '([?&](key|code|token)=)[^& "]+'

resource bootstrap 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
}

module workspace 'workspace.bicep' = {
  name: 'workspace'
  params: {
    location: location
    tags: tags
    name: workspaceName
    retentionDays: retentionDays
    dailyQuotaGb: dailyQuotaGb
    redactionRuleId: redactionRuleExists ? resourceId('Microsoft.Insights/dataCollectionRules', ruleName) : ''
  }
}

resource redaction 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: ruleName
  location: location
  tags: tags
  kind: 'WorkspaceTransforms'
  properties: {
    dataSources: {}
    destinations: {
      logAnalytics: [{ name: 'workspace', workspaceResourceId: bootstrap.id }]
    }
    dataFlows: [
      {
        streams: ['Microsoft-Table-AppRequests']
        destinations: ['workspace']
        transformKql: 'source | extend Url = "" | ${redactNames}'
      }
      {
        streams: ['Microsoft-Table-AppDependencies']
        destinations: ['workspace']
        transformKql: 'source | extend Data = "" | ${redactNames}'
      }
      {
        streams: ['Microsoft-Table-AppTraces']
        destinations: ['workspace']
        transformKql: 'source | extend Message = replace(@\'${keys}\', @"\\1-", replace(@\'${links}\', @"/-", Message)), Properties = parse_json(replace(@\'${keys}\', @"\\1-", replace(@\'${links}\', @"/-", tostring(Properties)))) | ${redactOperation}'
      }
    ]
  }
  dependsOn: [workspace]
}

module attached 'workspace.bicep' = {
  name: 'workspace-redacted'
  params: {
    location: location
    tags: tags
    name: workspaceName
    retentionDays: retentionDays
    dailyQuotaGb: dailyQuotaGb
    redactionRuleId: redaction.id
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${suffix}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: attached.outputs.id
    IngestionMode: 'LogAnalytics'
    // Only the app's identity writes telemetry; client addresses stay masked.
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

resource appWrites 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identity.id, roles.monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.monitoringMetricsPublisher
    )
  }
}

@description('Resource id of the Log Analytics workspace.')
output workspaceId string = attached.outputs.id

@description('Where telemetry goes. It identifies; it does not authorise.')
output connectionString string = insights.properties.ConnectionString
