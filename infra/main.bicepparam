// A sample: a staging deployment. No secret belongs here; the vault has them.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'staging')
// The second deployment, once the code is published, says true; the hooks of azure.yaml do.
param codeIsDeployed = bool(readEnvironmentVariable('RDV_CODE_IS_DEPLOYED', 'false'))
param hotlinePhone = '01 99 00 12 34'
param smtpUser = 'rdv-staging'
// Another name than this one is refused until the provider has raised its limits.
param smtpFrom = 'DoNotReply@rdv.example'
param mail = {
  domain: 'rdv.example'
  // The DNS comes between two deployments.
  isVerified: false
  applicationId: '00000000-0000-0000-0000-000000000000'
  principalId: '00000000-0000-0000-0000-000000000000'
}
param smsSender = 'RDV TEST'
param signInClientId = '00000000-0000-0000-0000-000000000000'
param openIdProvider = {
  name: 'proconnect'
  label: 'ProConnect'
  issuer: 'https://proconnect.example/api/v2'
  clientId: 'rdv-staging'
  verifiesAddresses: false
}
param alertsEmail = 'exploitation@rdv.example'
param budget = { amount: 150, from: '2026-12-01' }
param moreSettings = {
  Site__LegalNotice: 'Un essai du programme. | Hébergement : Microsoft Azure, région France Centre.'
  Sms__PerDay: '200'
}
param storageSku = 'Standard_LRS'
param backupSku = 'Standard_LRS'
param logRetentionDays = 30
param alwaysReadyInstances = 0
