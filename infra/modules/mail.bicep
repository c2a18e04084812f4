// E-mail: the service, the domain that mails come from, and what its DNS has to say. It is of no use before the domain is verified, which the
// registrar's people do between two deployments (docs/operations.md).

import { dnsRecord } from 'types.bicep'

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the e-mail service.')
param name string

@description('Domain that mails come from, whose DNS is ours.')
param domain string

@description('Part of the sender address before the @. A new domain has DoNotReply, and no other until its limits are raised.')
param senderUsername string

@description('True once the domain is verified: other sender names may be added.')
param isVerified bool

@description('Where messages are kept at rest.')
@allowed(['France', 'Europe'])
param dataLocation string

// Resources without a region: `dataLocation` says where the data is.
#disable-next-line no-hardcoded-location
var location = 'global'

resource service 'Microsoft.Communication/emailServices@2026-03-18' = {
  name: name
  location: location
  tags: tags
  properties: { dataLocation: dataLocation }

  resource sender 'domains' = {
    name: domain
    location: location
    tags: tags
    properties: {
      domainManagement: 'CustomerManaged'
      // Nobody is watched while they read, and no address in a mail is rewritten.
      userEngagementTracking: 'Disabled'
    }

    // The domain sends from the names that are listed, and from no other.
    resource from 'senderUsernames' = if (isVerified && toLower(senderUsername) != 'donotreply') {
      name: senderUsername
      properties: { username: senderUsername }
    }
  }
}

@description('Resource id of the domain, to be linked once it is verified.')
output domainId string = service::sender.id

var records = service::sender.properties.verificationRecords

@description('What the DNS of the domain has to say: that it is ours, who may send in its name (SPF), and the two keys of signatures (DKIM).')
output records dnsRecord[] = [
  { type: records.Domain!.type, name: records.Domain!.name, value: records.Domain!.value }
  { type: records.SPF!.type, name: records.SPF!.name, value: records.SPF!.value }
  { type: records.DKIM!.type, name: records.DKIM!.name, value: records.DKIM!.value }
  { type: records.DKIM2!.type, name: records.DKIM2!.name, value: records.DKIM2!.value }
]
