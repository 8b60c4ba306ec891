import {
  type AdaptiveCardInvokeResponse,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Request as SdkRequest,
  TeamsActivityHandler,
} from 'botbuilder';
import restify from 'restify';

const CARD = {
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'An echo', wrap: true }],
  actions: [{ type: 'Action.Execute', title: 'Again', verb: 'echo', data: {} }],
};

class EchoBot extends TeamsActivityHandler {
  override async onAdaptiveCardInvoke(): Promise<AdaptiveCardInvokeResponse> {
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: CARD };
  }
}

export interface Echo {
  url: string;
  stop(): Promise<void>;
}

/** The SDK's plain echo bot as its samples write it: the baseline. It authenticates nobody, as ours does not here. */
export async function startEcho(): Promise<Echo> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const bot = new EchoBot();
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', (request, response, next) => {
    // The two packages declare the same object, one of them less strictly.
    const sdks = request as unknown as SdkRequest;
    adapter.process(sdks, response, (context) => bot.run(context)).then(() => next(), next);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}
