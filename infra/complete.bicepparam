// A sample in which everything is switched on, for the check alone: what a site in use resolves to, where main.bicepparam is a first step. All ids
// are zero, and nothing is deployed from it.
using 'main.bicep'

param environmentName = 'complete'
param secretsAreSet = true
param codeIsDeployed = true
param hotlinePhone = '01 99 00 12 34'
param siteBaseUrl = 'https://rdv.example'
param frontDoorId = '00000000-0000-0000-0000-000000000000'
param smtpUser = 'rdv-complete'
param smtpFrom = 'rendez-vous@rdv.example'
param mail = {
  domain: 'rdv.example'
  isVerified: true
  applicationId: '00000000-0000-0000-0000-000000000000'
  principalId: '00000000-0000-0000-0000-000000000000'
}
param smsSender = 'RDV TEST'
param smsDeliveryReports = true
param signInClientId = '00000000-0000-0000-0000-000000000000'
param openIdProvider = {
  name: 'proconnect'
  label: 'ProConnect'
  issuer: 'https://proconnect.example/api/v2'
  clientId: 'rdv-complete'
  verifiesAddresses: true
}
param operatorsGroupId = '00000000-0000-0000-0000-000000000000'
param alertsEmail = 'exploitation@rdv.example'
param alertsPhone = { countryCode: '33', number: '639980000', call: true }
param budget = { amount: 1500, from: '2026-12-01' }
param linkKeys = { current: 2, live: [1, 2] }
param backupsAreLocked = true
