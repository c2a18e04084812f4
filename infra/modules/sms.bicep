// Communication Services (SMS, and mails by the domain that is linked), and the topic that its delivery reports come from.
import { roles } from 'roles.bicep'

@description('Tags of every resource.')
param tags { *: string }

@description('Name of the Communication Services resource.')
param name string

@description('False: no delivery reports, and no topic for them.')
param deliveryReports bool

@description('Name of the topic of delivery reports.')
param topicName string

@description('Where messages are kept at rest.')
@allowed(['France', 'Europe'])
param dataLocation string

@description('Resource ids of the verified domains that mails come from.')
param linkedDomains string[]

@description('Name of the user-assigned identity that the app runs under. It sends.')
param identityName string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

// A resource without a region: `dataLocation` says where the data is.
#disable-next-line no-hardcoded-location
var location = 'global'

resource communication 'Microsoft.Communication/communicationServices@2026-03-18' = {
  name: name
  location: location
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: linkedDomains
  }
}

// No built-in role is only for sending; this one is given on this resource alone.
resource appSends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, identity.id, roles.communicationAndEmailServiceOwner)
  scope: communication
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.communicationAndEmailServiceOwner
    )
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = if (deliveryReports) {
  name: topicName
  location: location
  tags: tags
  properties: {
    source: communication.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

@description('Resource id of the topic of delivery reports. Empty without them.')
output topicId string = deliveryReports ? topic.id : ''

@description('Address that SMS are handed to.')
output endpoint string = 'https://${communication.properties.hostName}'
