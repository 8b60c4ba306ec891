metadata description = 'Tells a human what the bot cannot mend by itself, by the lines of watch.mjs.'

param location string
param email string
param workspaceId string

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'forthright'
  location: 'global'
  properties: {
    groupShortName: 'forthright'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

/** What watch.mjs said of late. */
var looks = '''
  ContainerAppConsoleLogs
  | where ContainerAppName == 'forthright' and ContainerName == 'watch'
  | extend look = parse_json(Log)
'''

/** Each yields a row where something is wrong. A summary without `by` has one row always, also where nothing was said. */
var rules = [
  {
    name: 'not ready'
    description: 'For a quarter of an hour no instance said that it is ready, or nothing was said at all. See the log of the container bot, then README.md, “Keeping it running”.'
    severity: 1
    query: '${looks} | summarize ready = countif(tobool(look.ready)) | where ready == 0'
  }
  {
    name: 'dead deliveries'
    description: 'Something was given up, or it is not known whether it arrived. A curator writes “deliveries” to the bot, and sends it again or drops it.'
    severity: 2
    query: '${looks} | summarize stuck = max(toint(look.dead) + toint(look.uncertain)) | where stuck > 0'
  }
  {
    name: 'overdue sweep'
    description: 'Something has been due at every look for half an hour: what the bot owes to Teams does not go out. See the log of the container bot.'
    severity: 2
    query: '${looks} | summarize late = countif(tobool(look.late)) | where late > 0'
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'Forthright ${rule.name}'
    location: location
    kind: 'LogAlert'
    properties: {
      displayName: 'Forthright ${rule.name}'
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      // A new workspace does not know the table before the first line.
      skipQueryValidation: true
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
      actions: { actionGroups: [people.id] }
    }
  }
]
