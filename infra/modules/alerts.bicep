// What wakes someone up. Silence is the failure that nobody reports, so it is looked for.
import { onCallPhone } from 'types.bicep'

@description('Azure region of the queries.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('End of the resource names.')
param suffix string

@description('False before the code runs: its silence is then no news.')
param enabled bool

@description('E-mail address that is told.')
param email string

@description('A telephone that alerts of severity 1 ring as well. Null: none does.')
param phone onCallPhone?

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the table service.')
param tablesId string

@description('False: there are no delivery reports that could be dropped.')
param deliveryReports bool

@description('Resource id of the topic of delivery reports. Empty without them.')
param reportsTopicId string

@description('Answers 5xx in 15 minutes that are too many.')
param serverErrorsIn15Minutes int

@description('Answers 429 in 15 minutes that are somebody who guesses or hoards, or a limit that is too low.')
param tooManyIn15Minutes int

@description('Percentage of storage requests that must be served, averaged over 15 minutes.')
param storageAvailability int

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${suffix}'
  // Action groups live in a few regions only; this one processes alerts inside the European Union.
  #disable-next-line no-hardcoded-location
  location: 'swedencentral'
  tags: tags
  properties: {
    groupShortName: 'rdv'
    enabled: true
    emailReceivers: [{ name: 'operations', emailAddress: email, useCommonAlertSchema: true }]
  }
}

// A group of its own, so that only what cannot wait for the morning (severity 1) rings.
resource onCall 'Microsoft.Insights/actionGroups@2023-01-01' = if (phone != null) {
  name: 'ag-on-call-${suffix}'
  #disable-next-line no-hardcoded-location // As above.
  location: 'swedencentral'
  tags: tags
  properties: {
    groupShortName: 'rdv-on-call'
    enabled: true
    smsReceivers: [{ name: 'on-call-sms', countryCode: phone!.countryCode, phoneNumber: phone!.number }]
    voiceReceivers: phone!.call
      ? [{ name: 'on-call-voice', countryCode: phone!.countryCode, phoneNumber: phone!.number }]
      : []
  }
}

// Every timer of the code is in one of these two, and a test says so. The first run every five minutes or more often.
var frequentTimers = ['SendSms', 'SendInvites', 'DoChores', 'ReadCalendars', 'Watchdog']
var slowTimers = ['ExportTable', 'FreezeYesterday']

func quoted(names string[]) string => '"${join(names, '", "')}"'

// The Errors (3) of timers. OperationName is the function that logs. Of a line of the worker the host keeps the text, the function, the level and
// the name of the method that logs, which is not one for each cause: so a cause is the text without what changes in it, words with a figure.
func errorsOf(names string[]) string =>
  'AppTraces | where OperationName in (${quoted(names)}) and SeverityLevel >= 3 | extend Cause = substring(replace_regex(Message, @"[A-Za-z0-9-]*[0-9][A-Za-z0-9-]*(, [A-Za-z0-9-]*[0-9][A-Za-z0-9-]*)*", "#"), 0, 200)'

// A row for each timer that has completed no run. A set of nothing is a row too: where no timer runs at all, there is still something to find.
func silenceOf(names string[]) string =>
  'AppRequests | where Success == true and Name in (${quoted(names)}) | summarize Ran = make_set(Name) | mv-expand Timer = set_difference(dynamic([${quoted(names)}]), Ran) to typeof(string)'

// `by`: what an alert is split by. Each value fires, and is told, by itself: while one goes on, another is not hidden behind it.
var queries = [
  {
    name: 'watchdog'
    title: 'The watchdog reports a backlog, or messages that did not leave'
    severity: 1
    every: 'PT5M'
    window: 'PT15M'
    by: ['Cause']
    query: errorsOf(['Watchdog'])
    threshold: 0
  }
  {
    name: 'timers'
    title: 'A timer has logged an Error'
    severity: 2
    every: 'PT15M'
    window: 'PT15M'
    by: ['OperationName', 'Cause']
    query: errorsOf(filter(concat(frequentTimers, slowTimers), name => name != 'Watchdog'))
    threshold: 0
  }
  {
    name: 'silence'
    title: 'A timer has not completed a run for 30 minutes'
    severity: 1
    every: 'PT10M'
    window: 'PT30M'
    by: ['Timer']
    query: silenceOf(frequentTimers)
    threshold: 0
  }
  {
    name: 'slow-silence'
    title: 'A timer of the night has not completed a run for hours'
    severity: 2
    every: 'PT1H'
    // When the alerts have just been turned on, the hour of FreezeYesterday may not have come: one mail, once.
    window: 'PT3H'
    by: ['Timer']
    query: silenceOf(slowTimers)
    threshold: 0
  }
  {
    name: 'sms-budget'
    title: 'Four fifths of the SMS of a day have left'
    severity: 2
    every: 'PT5M'
    window: 'PT15M'
    by: []
    // A Warning at each run from there on; when all have left it is an Error, and `watchdog`.
    query: 'AppTraces | where OperationName == "Watchdog" and Message startswith "SMS of today"'
    threshold: 0
  }
  {
    name: 'server-errors'
    title: 'Too many answers are 5xx'
    severity: 2
    every: 'PT5M'
    window: 'PT15M'
    by: []
    query: 'AppRequests | where toint(ResultCode) >= 500'
    threshold: serverErrorsIn15Minutes
  }
  {
    name: 'too-many'
    title: 'Many requests are refused because they come too often'
    severity: 2
    every: 'PT5M'
    window: 'PT15M'
    by: []
    // A few are refused on any day: people behind one address, and who leans on a key.
    query: 'AppRequests | where ResultCode == "429"'
    threshold: tooManyIn15Minutes
  }
]

resource queryAlerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for alert in queries: {
    name: 'alert-${alert.name}-${suffix}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.title
      severity: alert.severity
      enabled: enabled
      scopes: [workspaceId]
      evaluationFrequency: alert.every
      windowSize: alert.window
      autoMitigate: true
      // At the first deployment nothing has been written yet, and a table that is not there would refuse the rule. A test reads the queries.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: alert.threshold
            dimensions: map(alert.by, column => { name: column, operator: 'Include', values: ['*'] })
            // Once: what counts more looks needs the time of each row, and a query that sums up has none.
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: alert.severity == 1 && phone != null ? [people.id, onCall.id] : [people.id] }
    }
  }
]

// Event Grid gave up on a report: the endpoint refused it (a function key that was rotated), or was away for a day.
resource reportsAlert 'Microsoft.Insights/metricAlerts@2026-01-01' = if (deliveryReports) {
  name: 'alert-reports-${suffix}'
  #disable-next-line no-hardcoded-location // Metric alerts have no region.
  location: 'global'
  tags: tags
  properties: {
    description: 'Delivery reports of SMS were dropped'
    severity: 2
    enabled: enabled
    scopes: [reportsTopicId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dropped'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.EventGrid/systemTopics'
          metricName: 'DroppedEventCount'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

resource storageAlert 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'alert-storage-${suffix}'
  #disable-next-line no-hardcoded-location // Metric alerts have no region.
  location: 'global'
  tags: tags
  properties: {
    description: 'Table storage does not serve'
    severity: 1
    enabled: enabled
    scopes: [tablesId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'availability'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.Storage/storageAccounts/tableServices'
          metricName: 'Availability'
          timeAggregation: 'Average'
          operator: 'LessThan'
          threshold: storageAvailability
        }
      ]
    }
    actions: phone == null
      ? [{ actionGroupId: people.id }]
      : [{ actionGroupId: people.id }, { actionGroupId: onCall.id }]
  }
}

@description('Resource id of the action group that is told.')
output actionGroupId string = people.id

@description('Resource id of the action group that rings. Empty without a telephone.')
output onCallGroupId string = phone == null ? '' : onCall.id
