import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  TeamsInfo,
  type Activity,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationError, type BotFrameworkAuthentication } from 'botframework-connector';
import { readActivity } from './activity.ts';
import type { Bot } from './bot.ts';
import type { Response } from './respond.ts';

export interface Credentials {
  appId: string;
  appPassword: string;
  tenant: string;
  /** `SingleTenant`, or `UserAssignedMSI` without a password; empty in local mode: nothing is checked. */
  appType: string;
}

export function makeAuthentication({ appId, appPassword, tenant, appType }: Credentials): BotFrameworkAuthentication {
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: appPassword,
    MicrosoftAppTenantId: tenant,
    ...(appType === '' ? {} : { MicrosoftAppType: appType }),
  });
}

/**
 * The SDK's adapter without its HTTP part: `process` would print errors, with conversation ids in them, and answer with
 * their text.
 */
class Adapter extends CloudAdapter {
  take(authorization: string, activity: Activity, logic: (context: TurnContext) => Promise<void>) {
    return this.processActivity(authorization, activity, logic);
  }
}

/** Takes one HTTP request of Teams: authenticates it, and has the bot act. */
export type Take = (authorization: string, body: unknown) => Promise<Response>;

export function makeTake(auth: BotFrameworkAuthentication, bot: Bot, fault: (error: unknown) => string): Take {
  const adapter = new Adapter(auth);
  return async (authorization, body) => {
    const activity = readActivity(body);
    if (activity === undefined) return { status: 400 };
    let response: Response = { status: 200 };
    try {
      await adapter.take(authorization, body as Activity, async (context) => {
        response = await bot.act(activity, () => TeamsInfo.getTeamChannels(context));
        if (activity.type !== 'invoke') return;
        await context.sendActivity({ type: 'invokeResponse', value: response });
      });
      return response;
    } catch (error) {
      if (error instanceof AuthenticationError) return { status: 401 };
      fault(error);
      return { status: 500 };
    }
  };
}
