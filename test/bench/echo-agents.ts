import { ActivityHandler, CloudAdapter, type Request } from '@microsoft/agents-hosting';
import { CARD } from './echo-card.ts';
import { listen } from './echo.ts';

class AgentsEcho extends ActivityHandler {
  protected override async onInvokeActivity() {
    return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: CARD } };
  }
}

/**
 * The same with the SDK's successor. It authenticates nobody: with credentials it fetches a token before each turn, from
 * Microsoft alone.
 */
export function startAgentsEcho(): Promise<number> {
  const adapter = new CloudAdapter();
  const bot = new AgentsEcho();
  return listen((request, response) =>
    adapter.process(request as unknown as Request, response as never, (context) => bot.run(context)),
  );
}
