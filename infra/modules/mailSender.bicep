// Who may hand in mails over SMTP: a user name, tied to an Entra application whose client secret is its password. That secret expires; its copy in
// the vault says when (secretExpiry.bicep).

@description('Name of the Communication Services resource, which the domain is linked to.')
param communicationName string

@description('The name that is given as the user at the SMTP relay.')
param username string

@description('Client id of the Entra application.')
param applicationId string

@description('Object id of its service principal (its enterprise application), not of the application.')
param principalId string

resource communication 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: communicationName

  resource user 'smtpUsernames' = {
    name: 'rdv'
    properties: {
      username: username
      entraApplicationId: applicationId
      tenantId: subscription().tenantId
    }
  }
}

// What the relay asks of an application that sends; the built-in role could also read every SMS.
// Source: "Assign a role to a Microsoft Entra application for SMTP authentication", Microsoft Learn.
resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'mail-sender')
  properties: {
    roleName: 'Rdv mail sender (${communicationName})'
    description: 'Sends mails over SMTP.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.Communication/CommunicationServices/read'
          'Microsoft.Communication/CommunicationServices/write'
          'Microsoft.Communication/EmailServices/write'
        ]
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
  }
}

resource sends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, principalId, role.id)
  scope: communication
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role.id
  }
}
