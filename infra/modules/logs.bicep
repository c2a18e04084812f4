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

// The host writes the address of each request to telemetry (as Url, as Name where no function takes it, as HttpPath among the properties), and
// nothing in host.json stops it. An address can be the link of an SMS (/{token}, or what is left of one that was cut off, /p/{person}/{key}), its
// long form (/r/{reference}/{key}), a feed (/calendars/{token}.ics) or a kept hour, which whoever holds its token gives back or books
// (/api/holds/{hold}): none may be in a log, in whatever case it was typed. Properties and Details are JSON: a backslash before a quote, or before
// the letter of a line's end, ends what is taken out, or the text would not be closed any more. Workspace transformations have replace, which
// takes a regular expression, and not replace_regex. RedactionTests holds the rule to the routes, and to rows as the host writes them.
// https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-transformations-kql
var links = '(?i)/(r/|p/|calendars/|api/holds/|[0-9][0-9ab][0-9a-z]{8,28})([^ "?\\\\]|\\\\[^"nrtu])*'
var keys = '(?i)(([?&]|\\\\u0026)(key|code|token)=)[^& "\\\\]+'

func redacted(column string, links string, keys string) string =>
  'replace(@\'${keys}\', @"\\1-", replace(@\'${links}\', @"/-", ${column}))'

func nameOnly(column string) string =>
  '${column} = iif(${column} contains "/", extract("^[A-Z]+", 0, ${column}), ${column})'

var properties = 'Properties = parse_json(${redacted('tostring(Properties)', links, keys)})'
var names = '${nameOnly('Name')}, ${nameOnly('OperationName')}'

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
        transformKql: 'source | extend Url = "", ${properties}, ${names}'
      }
      {
        streams: ['Microsoft-Table-AppDependencies']
        destinations: ['workspace']
        transformKql: 'source | extend Data = "", ${properties}, ${names}'
      }
      {
        streams: ['Microsoft-Table-AppTraces']
        destinations: ['workspace']
        transformKql: 'source | extend Message = ${redacted('Message', links, keys)}, ${properties}, ${nameOnly('OperationName')}'
      }
      {
        streams: ['Microsoft-Table-AppExceptions']
        destinations: ['workspace']
        transformKql: 'source | extend Message = ${redacted('Message', links, keys)}, OuterMessage = ${redacted('OuterMessage', links, keys)}, InnermostMessage = ${redacted('InnermostMessage', links, keys)}, Details = parse_json(${redacted('tostring(Details)', links, keys)}), ${properties}, ${nameOnly('OperationName')}'
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

@description('Resource id of Application Insights.')
output insightsId string = insights.id

@description('Where telemetry goes. It identifies; it does not authorise.')
output connectionString string = insights.properties.ConnectionString
