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
