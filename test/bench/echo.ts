import {
  type AdaptiveCardInvokeResponse,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Request as SdkRequest,
  TeamsActivityHandler,
} from 'botbuilder';
import restify from 'restify';
import { TENANT } from '../support/cast.ts';
import { CARD } from './echo-card.ts';
import type { Credentials } from './serve.ts';

/** What a server does with a request. */
export type Process = (request: restify.Request, response: restify.Response) => Promise<void>;

class EchoBot extends TeamsActivityHandler {
  override async onAdaptiveCardInvoke(): Promise<AdaptiveCardInvokeResponse> {
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: CARD };
  }
}

/** The SDK's plain echo bot as its samples write it: the baseline. Its port. */
export function startEcho(credentials?: Credentials): Promise<number> {
  const authentication = new ConfigurationBotFrameworkAuthentication(
    credentials === undefined
      ? {}
      : {
          MicrosoftAppId: credentials.appId,
          MicrosoftAppPassword: credentials.appPassword,
          MicrosoftAppTenantId: TENANT.id,
          MicrosoftAppType: 'SingleTenant',
          ...credentials.endpoints,
        },
  );
  const adapter = new CloudAdapter(authentication);
  const bot = new EchoBot();
  // The two packages declare the same object, one of them less strictly.
  return listen((request, response) =>
    adapter.process(request as unknown as SdkRequest, response, (context) => bot.run(context)),
  );
}

/** The server that the samples use; its port. */
export function listen(process: Process): Promise<number> {
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', (request, response, next) => {
    process(request, response).then(() => next(), next);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}
