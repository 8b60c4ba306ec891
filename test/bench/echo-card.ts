/** What every echo answers with. */
export const CARD = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'An echo', wrap: true }],
  actions: [{ type: 'Action.Execute', title: 'Again', verb: 'echo', data: {} }],
};
