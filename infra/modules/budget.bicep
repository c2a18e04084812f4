// What a month may cost before somebody is told. It stops nothing: what stops SMS is `Sms__PerDay`.

@description('Name of the budget.')
param name string

@description('What a month may cost, in the currency of the invoice.')
@minValue(1)
param amount int

@description('First day of the month that it begins with, as 2026-12-01. It cannot be changed once the budget is there.')
param startDate string

@description('E-mail address that is told.')
param email string

@description('Resource id of the action group that is told too.')
param actionGroupId string

var whom = {
  enabled: true
  operator: 'GreaterThan'
  contactEmails: [email]
  contactGroups: [actionGroupId]
}

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: name
  properties: {
    category: 'Cost'
    timeGrain: 'Monthly'
    amount: amount
    timePeriod: { startDate: '${startDate}T00:00:00Z' }
    notifications: {
      spent: union(whom, { thresholdType: 'Actual', threshold: 80 })
      // By what has been spent so far: told when there is still time to do something.
      foreseen: union(whom, { thresholdType: 'Forecasted', threshold: 100 })
    }
  }
}
