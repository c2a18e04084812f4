@export()
@description('The numbered secrets of one use. Each number n is a secret `keys-{use}-{n}` of the vault.')
type keyRing = {
  @description('The number that new links, rows or feeds are made with. It is one of `live`.')
  @minValue(1)
  current: int

  @description('Every number that is still accepted.')
  @minLength(1)
  live: int[]
}

@export()
@description('The sender of mails, where mails leave by Communication Services. Its password, a client secret of the application, is the secret `smtp-password` of the vault.')
type mailRegistration = {
  @description('Domain that mails come from, whose DNS is ours.')
  domain: string

  @description('True once the DNS says what the output `mailRecords` asks for, and Azure has seen it. Nothing can be sent before.')
  isVerified: bool

  @description('Client id of the Entra application that hands mails in.')
  applicationId: string

  @description('Object id of its service principal (its enterprise application), not of the application.')
  principalId: string
}

@export()
@description('A telephone that the gravest alerts ring.')
type onCallPhone = {
  @description('As 33, without a plus sign.')
  countryCode: string

  @description('The number without its country code and without the zero in front.')
  number: string

  @description('True: a voice call too. False: an SMS only.')
  call: bool
}

@export()
@description('A line of the DNS.')
type dnsRecord = {
  @description('TXT or CNAME.')
  type: string

  @description('Name, below the domain.')
  name: string

  value: string
}

@export()
@description('What a month may cost before somebody is told.')
type monthlyBudget = {
  @description('In the currency of the invoice.')
  @minValue(1)
  amount: int

  @description('First day of the month that it begins with, as 2026-12-01: this month or a later one. It cannot be changed once the budget is there.')
  from: string
}

@export()
@description('An OpenID provider that staff sign in with, such as ProConnect. Its client secret is the secret `openid-client-secret` of the vault.')
type openIdRegistration = {
  @description('Its name in addresses: letters and digits, and not `aad`. Another name makes every account a stranger.')
  @minLength(2)
  @maxLength(32)
  name: string

  @description('As people know it.')
  label: string

  @description('Its issuer, without a slash at the end; its configuration is below it, at `/.well-known/openid-configuration`.')
  issuer: string

  @description('Client id that it has given us.')
  clientId: string

  @description('True when every address that it hands over has been verified; otherwise an address counts when it says `email_verified`.')
  verifiesAddresses: bool
}
