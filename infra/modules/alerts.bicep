param prefix string
param email string
param insightsId string
param cosmosId string
param modelsId string
param location string
param tags object

var actions = email == '' ? [] : [group.id]

// Function and phrase are those of the app: functions/PoisonedWork.cs and the log of failed steps.
var queries = [
  {
    name: 'poison-messages'
    description: 'A hint was given up after five attempts. The sweep finds the work all the same; the cause is in the log.'
    query: 'requests | where name == "PoisonedWork"'
  }
  {
    name: 'failed-steps'
    description: 'A step failed for good and was recorded: it is listed, with its reason, and can be replayed through the API.'
    query: 'traces | where severityLevel >= 3 and message has "failed for good"'
  }
  {
    name: 'server-errors'
    description: 'Requests that were answered with 500: each is a defect.'
    query: 'requests | where resultCode == "500"'
  }
]

// A client waits and repeats; what does not pass for a quarter of an hour is more load than was paid for.
var throttled = concat(
  [
    { name: 'cosmos-throttled', id: cosmosId, metric: 'TotalRequests', aggregation: 'Count', threshold: 100 }
  ],
  modelsId == '' ? [] : [
    { name: 'models-throttled', id: modelsId, metric: 'AzureOpenAIRequests', aggregation: 'Total', threshold: 20 }
  ])

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = if (email != '') {
  name: '${prefix}-alerts'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'kith'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource byQuery 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [for rule in queries: {
  name: '${prefix}-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    description: rule.description
    severity: 2
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: actions }
  }
}]

resource byMetric 'Microsoft.Insights/metricAlerts@2018-03-01' = [for rule in throttled: {
  name: '${prefix}-${rule.name}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Requests were answered with 429 for a quarter of an hour.'
    severity: 2
    enabled: true
    scopes: [rule.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: rule.name
          criterionType: 'StaticThresholdCriterion'
          metricName: rule.metric
          dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
          operator: 'GreaterThan'
          threshold: rule.threshold
          timeAggregation: rule.aggregation
        }
      ]
    }
    actions: [for id in actions: { actionGroupId: id }]
  }
}]
