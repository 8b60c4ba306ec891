import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
  TeamsInfo,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationError, type BotFrameworkAuthentication } from 'botframework-connector';
import { readActivity } from './activity.ts';
import type { Bot } from './bot.ts';
import { mayPass } from './gate.ts';
import type { Response } from './respond.ts';

export interface Credentials {
  /** Empty in local mode: nobody is authenticated. */
  appId: string;
  appPassword: string;
  tenant: string;
  /** `SingleTenant`, or `UserAssignedMSI` without a password; empty in local mode. */
  appType: string;
}

/** `endpoints` replaces where the SDK looks for keys and tokens; left out, Microsoft's. */
export function makeAuthentication(
  { appId, appPassword, tenant, appType }: Credentials,
  endpoints: ConfigurationBotFrameworkAuthenticationOptions = {},
): BotFrameworkAuthentication {
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: appPassword,
    MicrosoftAppTenantId: tenant,
    ...(appType === '' ? {} : { MicrosoftAppType: appType }),
    ...endpoints,
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

export interface TakeNeeds {
  auth: BotFrameworkAuthentication;
  appId: string;
  tenant: string;
  bot: Bot;
  now: () => Date;
  fault: (error: unknown) => string;
}

export function makeTake({ auth, appId, tenant, bot, now, fault }: TakeNeeds): Take {
  const adapter = new Adapter(auth);
  return async (authorization, body) => {
    const activity = readActivity(body);
    if (activity === undefined) return { status: 400 };
    if (appId !== '' && !mayPass(authorization, activity.serviceUrl, { appId, tenant }, now())) return { status: 401 };
    let response: Response | undefined;
    try {
      await adapter.take(authorization, body as Activity, async (context) => {
        response = await bot.act(activity, () => TeamsInfo.getTeamChannels(context));
        if (activity.type !== 'invoke') return;
        await context.sendActivity({ type: 'invokeResponse', value: response });
      });
      return response ?? { status: 200 };
    } catch (error) {
      if (!(error instanceof AuthenticationError)) fault(error);
      // Whatever failed before the bot acted failed in the SDK's check of the token, which throws errors of many kinds.
      return { status: response === undefined ? 401 : 500 };
    }
  };
}
