// The Log Analytics workspace. A module, because logs.bicep deploys it twice: the redaction rule needs the workspace,
// and the workspace needs the rule.

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the workspace.')
param name string

@description('Days that logs are kept.')
param retentionDays int

@description('Most gigabytes a day that are taken in; -1 for no limit.')
param dailyQuotaGb int

@description('Resource id of the rule that redacts what comes in. Empty until that rule exists.')
param redactionRuleId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
    defaultDataCollectionRuleResourceId: empty(redactionRuleId) ? null : redactionRuleId
  }
}

@description('Resource id of the workspace.')
output id string = workspace.id
