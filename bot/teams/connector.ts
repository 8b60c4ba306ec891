import * as http from 'node:http';
import * as https from 'node:https';
import type { ConversationParameters } from 'botbuilder';
import {
  type BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  TeamsConnectorClient,
} from 'botframework-connector';
import type { Post } from '../domain/delivery.ts';
import { isTrusted } from './trust.ts';

/** What is sent: a card alone, with the text that a notification shows. Teams splits text with a card in two. */
export interface Message {
  type: 'message';
  summary: string;
  attachments: { contentType: 'application/vnd.microsoft.card.adaptive'; content: unknown }[];
}

/** Requests to the Teams service. Each method is one HTTP request; an error is the SDK's. */
export interface Connector {
  send(serviceUrl: string, conversation: string, message: Message): Promise<Post>;
  update(serviceUrl: string, post: Post, message: Message): Promise<Post>;
  /** Opens, or finds, the personal chat with somebody; the id of the conversation. */
  openChat(serviceUrl: string, tenant: string, person: string): Promise<string>;
  /** What the roster of a chat says of one of its members. */
  member(serviceUrl: string, conversation: string, person: string): Promise<unknown>;
  /** A new root post in a channel. */
  postRoot(serviceUrl: string, channel: string, message: Message): Promise<Post>;
  /** The channels of a team. */
  channels(serviceUrl: string, team: string): Promise<Named[]>;
}

/** A channel as Teams lists it. */
export type Named = { id?: string; name?: string };

/** Microsoft gives the bot no token, so that nothing was sent: a secret that has expired, an identity that is not assigned. */
export class NoToken extends Error {
  override name = 'NoToken';
}

/** A service URL that no request goes to. */
export class Untrusted extends Error {
  override name = 'Untrusted';
}

export function makeConnector(
  auth: BotFrameworkAuthentication,
  settings: { appId: string; isLocal: boolean },
): Connector {
  const { appId, isLocal } = settings;
  const claims = [
    { type: 'aud', value: appId },
    { type: 'appid', value: appId },
  ];
  const factory = auth.createConnectorFactory(new ClaimsIdentity(claims, true));
  const clients = new Map<string, Promise<ConnectorClient>>();

  function client(serviceUrl: string): Promise<ConnectorClient> {
    if (!isTrusted(serviceUrl, isLocal)) return Promise.reject(new Untrusted('The service URL is not one of Teams'));
    const known = clients.get(serviceUrl);
    if (known) return known;
    // The audience is left out: the factory takes the right one for its cloud.
    const made = factory
      .create(serviceUrl, undefined as unknown as string)
      .then((made) => withOwnAgent(tellingNoToken(withoutRetries(made)), serviceUrl));
    clients.set(serviceUrl, made);
    return made;
  }

  return {
    async send(serviceUrl, conversation, message) {
      const { conversations } = await client(serviceUrl);
      const { id } = await conversations.sendToConversation(conversation, message);
      return { conversation, activity: id };
    },
    async update(serviceUrl, post, message) {
      const { conversations } = await client(serviceUrl);
      await conversations.updateActivity(post.conversation, post.activity, {
        ...message,
        id: post.activity,
      });
      return post;
    },
    async openChat(serviceUrl, tenant, person) {
      const { conversations } = await client(serviceUrl);
      const members = [{ id: person, name: '' }];
      const parameters = {
        isGroup: false,
        bot: bot(appId),
        members,
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      };
      return (await conversations.createConversation(parameters)).id;
    },
    async member(serviceUrl, conversation, person) {
      const { conversations } = await client(serviceUrl);
      return conversations.getConversationMember(conversation, person);
    },
    async postRoot(serviceUrl, channel, message) {
      const { conversations } = await client(serviceUrl);
      const parameters = {
        isGroup: true,
        bot: bot(appId),
        channelData: { channel: { id: channel } },
        activity: message,
      };
      const { id, activityId } = await conversations.createConversation(
        parameters as unknown as ConversationParameters,
      );
      return { conversation: id, activity: activityId ?? /;messageid=(\d+)/.exec(id)?.[1] ?? '' };
    },
    async channels(serviceUrl, team) {
      const { credentials } = await client(serviceUrl);
      const { teams } = new TeamsConnectorClient(credentials, { baseUri: serviceUrl });
      return (await teams.fetchChannelList(team)).conversations ?? [];
    },
  };
}

const bot = (appId: string) => ({ id: `28:${appId}`, name: 'Forthright' });

type Next = (request: object) => Promise<unknown>;
interface SdkClient {
  client: {
    pipeline: {
      removePolicy(policy: { name: string }): unknown;
      addPolicy(policy: { name: string; sendRequest(request: object, next: Next): Promise<unknown> }): void;
    };
  };
}

/** The SDK sends a POST up to four times by itself, and a post could then stand twice: our policy alone decides. */
function withoutRetries(client: ConnectorClient): ConnectorClient {
  const { pipeline } = (client as unknown as SdkClient).client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return client;
}

/** What the libraries throw for want of a token says nothing of whether something was sent, and may hold what is secret. */
function tellingNoToken(client: ConnectorClient): ConnectorClient {
  const { credentials } = client;
  const sign = credentials.signRequest.bind(credentials);
  credentials.signRequest = (request) =>
    sign(request).catch(() => {
      throw new NoToken('Microsoft gave the bot no token');
    });
  return client;
}

/**
 * Node heeds how long a server keeps an idle connection only for agents with a timeout. The SDK's has none: it would
 * send into a connection that is being closed, and nobody could tell whether the post arrived.
 */
function withOwnAgent(client: ConnectorClient, serviceUrl: string): ConnectorClient {
  const { Agent } = serviceUrl.startsWith('https:') ? https : http;
  const agent = new Agent({ keepAlive: true, timeout: 60_000 });
  const { pipeline } = (client as unknown as SdkClient).client;
  pipeline.addPolicy({ name: 'agent', sendRequest: (request, next) => next(Object.assign(request, { agent })) });
  return client;
}
