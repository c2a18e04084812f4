// Asks from outside whether the site answers: what runs inside cannot tell that its door is shut.

@description('Azure region of the test, the one of Application Insights.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('End of the resource names.')
param suffix string

@description('False before the code runs.')
param enabled bool

@description('Public address of the site, without a slash at the end.')
param siteBaseUrl string

@description('Resource id of Application Insights.')
param insightsId string

@description('Resource id of the action group that is told.')
param actionGroupId string

@description('Resource id of the action group that rings. Empty: none does.')
param onCallGroupId string

// "Availability tests", Microsoft Learn: five places at least, and alert when two fewer fail, so that a place with trouble of its own tells nobody.
var places = ['emea-fr-pra-edge', 'emea-nl-ams-azr', 'emea-gb-db3-azr', 'emea-ch-zrh-edge', 'emea-se-sto-edge']

resource test 'Microsoft.Insights/webtests@2022-06-15' = {
  name: 'health-${suffix}'
  location: location
  tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    Name: 'health'
    SyntheticMonitorId: 'health-${suffix}'
    Kind: 'standard'
    Enabled: enabled
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [for place in places: { Id: place }]
    // 503 when storage does not answer; a part in trouble is 200, and told by the watchdog.
    Request: { RequestUrl: '${siteBaseUrl}/api/health', HttpVerb: 'GET', ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
  }
}

resource alert 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'alert-availability-${suffix}'
  #disable-next-line no-hardcoded-location // Metric alerts have no region.
  location: 'global'
  tags: tags
  properties: {
    description: 'The site does not answer from outside'
    severity: 1
    enabled: enabled
    scopes: [test.id, insightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: test.id
      componentId: insightsId
      failedLocationCount: 3
    }
    actions: empty(onCallGroupId)
      ? [{ actionGroupId: actionGroupId }]
      : [{ actionGroupId: actionGroupId }, { actionGroupId: onCallGroupId }]
  }
}
