// Second step. Event Grid asks the endpoint to prove itself when the subscription is made (handshake), so the code
// has to be running by then.

@description('Name of the topic of delivery reports.')
param topicName string

@description('Name of the function app.')
param functionAppName string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource functionApp 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'sms-delivery-reports'
  properties: {
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${functionApp.properties.defaultHostName}/api/events/sms?code=${listKeys('${functionApp.id}/host/default', '2025-03-01').functionKeys.default}'
        maxEventsPerBatch: 10
        minimumTlsVersionAllowed: '1.2'
      }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: { includedEventTypes: ['Microsoft.Communication.SMSDeliveryReportReceived'] }
    // Kept trying for a day. No dead-letter container: it would keep phone numbers.
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
}
