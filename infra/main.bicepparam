// A sample: a staging deployment. No secret belongs here; the vault has them.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'staging')
// The deployment after the secrets were set says true, and the one after the code was published; the hooks of azure.yaml do.
param secretsAreSet = bool(readEnvironmentVariable('RDV_SECRETS_ARE_SET', 'false'))
param codeIsDeployed = bool(readEnvironmentVariable('RDV_CODE_IS_DEPLOYED', 'false'))
param hotlinePhone = '01 99 00 12 34'
param smtpUser = 'rdv-staging'
// Another name than this one is refused until the provider has raised its limits.
param smtpFrom = 'DoNotReply@rdv.example'
param mail = {
  domain: 'rdv.example'
  // The DNS comes between two deployments: `azd env set RDV_MAIL_IS_VERIFIED true`.
  isVerified: bool(readEnvironmentVariable('RDV_MAIL_IS_VERIFIED', 'false'))
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
