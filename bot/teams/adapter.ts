import {
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
} from 'botbuilder';
import {
  AuthenticationError,
  type BotFrameworkAuthentication,
  ManagedIdentityServiceClientCredentialsFactory,
} from 'botframework-connector';
import { readActivity } from './activity.ts';
import type { Bot } from './bot.ts';
import { makeCheck } from './check.ts';
import type { Response } from './respond.ts';

export interface Credentials {
  /** Empty in local mode: nobody is authenticated. */
  appId: string;
  appPassword: string;
  tenant: string;
  /** `SingleTenant`, with a password or a certificate, or `UserAssignedMSI`; empty in local mode. */
  appType: string;
  certificate?: { thumbprint: string; privateKey: string } | undefined;
  /** The bot's own identity in Azure. */
  identity?: Identity | undefined;
}

/** Gives tokens to whoever runs where it is assigned. */
export interface Identity {
  getToken(scope: string): Promise<{ token: string; expiresOnTimestamp: number }>;
}

export type Endpoints = ConfigurationBotFrameworkAuthenticationOptions;

/** `endpoints` replaces where the SDK looks for keys and tokens; left out, Microsoft's. */
export function makeAuthentication(credentials: Credentials, endpoints: Endpoints = {}): BotFrameworkAuthentication {
  const { appId, appPassword, tenant, appType, certificate, identity } = credentials;
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: appPassword,
      MicrosoftAppTenantId: tenant,
      ...(appType === '' ? {} : { MicrosoftAppType: appType }),
      ...(certificate && {
        CertificateThumbprint: certificate.thumbprint,
        CertificatePrivateKey: certificate.privateKey,
      }),
      ...endpoints,
    },
    identity && ofIdentity(appId, identity),
  );
}

/** By itself the SDK takes the first identity that the environment offers, and that may be somebody else's. */
const ofIdentity = (appId: string, identity: Identity) =>
  new ManagedIdentityServiceClientCredentialsFactory(appId, {
    createAzureServiceTokenProvider: () => identity as never,
  });

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

/**
 * The SDK authenticates, and its turn is left out: nothing here uses it, and it makes two clients for each request. Its
 * `process` would also print errors, with conversation ids in them, and answer with their text.
 */
export function makeTake({ auth, appId, tenant, bot, now, fault }: TakeNeeds): Take {
  const isOfTeams = makeCheck(auth, { appId, tenant }, now);
  return async (authorization, body) => {
    const activity = readActivity(body);
    if (activity === undefined) return { status: 400 };
    try {
      if (!(await isOfTeams(authorization, activity))) return { status: 401 };
    } catch (error) {
      // The SDK's check of the token throws errors of many kinds.
      if (!(error instanceof AuthenticationError)) fault(error);
      return { status: 401 };
    }
    try {
      return await bot.act(activity);
    } catch (error) {
      fault(error);
      return { status: 500 };
    }
  };
}
