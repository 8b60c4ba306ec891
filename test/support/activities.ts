import { randomUUID } from 'node:crypto';
import { BOT, CHANNEL, TEAM, TENANT } from './cast.ts';
import type { ChannelOfTeam, Person } from './cast.ts';

/** An activity as Teams posts it to a bot. */
export type Incoming = {
  type: string;
  id: string;
  name?: string;
  from: { id: string; name?: string; aadObjectId?: string };
  conversation: { id: string; conversationType: string; tenantId: string; isGroup?: boolean };
  channelData: Record<string, unknown>;
  [field: string]: unknown;
};

/** Where a card stands when somebody presses its button. Left out: in the person's own chat. */
export type Place = { replyToId?: string; thread?: string };

type ChannelPlace = { channel?: ChannelOfTeam; thread?: string };
type World = { serviceUrl: string; tenantId: string };
type Fields = { type: string; id?: string; [field: string]: unknown };

/** A message's id in Teams is the time at which it was sent, in ms; the bot may not rely on it. */
let lastMessageId = 1_690_000_000_000;
const messageId = (): string => String((lastMessageId += 1));
const eventId = (): string => `f:${randomUUID()}`;
const LOCALE = 'en-US';
const clientInfo = ({ locale = LOCALE }: Person) => ({
  type: 'clientInfo',
  locale,
  country: 'US',
  platform: 'Web',
  timezone: 'Europe/Oslo',
});
const html = (text: string) => ({ contentType: 'text/html', content: `<p>${text}</p>` });
const channelOf = (thread: string): string => thread.split(';')[0] ?? thread;

function from(world: World, person: Person, fields: Fields) {
  const now = new Date().toISOString();
  return {
    id: eventId(),
    timestamp: now,
    localTimestamp: now,
    channelId: 'msteams',
    serviceUrl: world.serviceUrl,
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    recipient: { ...BOT },
    locale: person.locale ?? LOCALE,
    entities: [clientInfo(person)],
    ...fields,
  };
}

function inChat(world: World, person: Person, fields: Fields, channelData: object = {}): Incoming {
  return {
    ...from(world, person, fields),
    conversation: { conversationType: 'personal', tenantId: world.tenantId, id: person.conversationId },
    channelData: { ...channelData, tenant: { id: world.tenantId } },
  };
}

function inTeam(world: World, person: Person, fields: Fields, id: string, channelData: object = {}): Incoming {
  const channel = { id: channelOf(id) };
  return {
    ...from(world, person, fields),
    conversation: { isGroup: true, conversationType: 'channel', tenantId: world.tenantId, id },
    channelData: { channel, team: { ...TEAM }, ...channelData, tenant: { id: world.tenantId } },
  };
}

/** An invoke is answered in the HTTP response; Teams sends it from wherever the card stands. */
function invokes(world: World, person: Person, place: Place, fields: { name: string; value: unknown }): Incoming {
  const invoke = { type: 'invoke', replyToId: place.replyToId ?? messageId(), ...fields };
  const source = { source: { name: 'message' } };
  return place.thread ? inTeam(world, person, invoke, place.thread, source) : inChat(world, person, invoke, source);
}

/** Events carry no name of the person: the bot learns it from a message, an invoke or the roster. */
const nameless = (activity: Incoming, person: Person): Incoming => ({
  ...activity,
  from: { id: person.id, aadObjectId: person.aadObjectId },
});

const chats = (world: World) => ({
  /** Typed into the personal chat. Teams sends what was typed a second time, as a text/html attachment. */
  says: (person: Person, text: string) =>
    inChat(world, person, { type: 'message', id: messageId(), text, textFormat: 'plain', attachments: [html(text)] }),
  /** `action` is add, remove, add-upgrade or remove-upgrade. Teams repeats it: call it again for that. */
  installs(person: Person, action = 'add') {
    const settings = { selectedChannel: { id: person.conversationId } };
    const data = { settings, source: { name: 'message' } };
    return nameless(inChat(world, person, { type: 'installationUpdate', action }, data), person);
  },
  /** The conversationUpdate that Teams sends beside the installationUpdate, in no certain order. */
  isAdded(person: Person) {
    const membersAdded = [{ id: person.id, aadObjectId: person.aadObjectId }, { id: BOT.id }];
    return nameless(inChat(world, person, { type: 'conversationUpdate', membersAdded }), person);
  },
});

const presses = (world: World) => ({
  /** Presses an Action.Execute; `data` is the action's own data with the card's inputs in it. */
  executes: (person: Person, verb: string, data: object = {}, place: Place = {}) =>
    invokes(world, person, place, {
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    }),
  /** Presses a button that opens a dialog. */
  fetches: (person: Person, verb: string, data: object = {}, place: Place = {}) =>
    invokes(world, person, place, {
      name: 'task/fetch',
      value: { data: { msteams: { type: 'task/fetch' }, verb, ...data }, context: { theme: 'default' } },
    }),
  /** Sends a dialog's form. */
  submits: (person: Person, verb: string, data: object = {}, place: Place = {}) =>
    invokes(world, person, place, {
      name: 'task/submit',
      value: { data: { verb, ...data }, context: { theme: 'default' } },
    }),
});

const channels = (world: World) => ({
  /** A bot hears a channel only when mentioned: `<at>Forthright</at> ask`. Without a thread it is a new post. */
  saysInChannel(person: Person, text: string, { channel = CHANNEL, thread }: ChannelPlace = {}) {
    const id = messageId();
    const mention = { type: 'mention', mentioned: { ...BOT }, text: `<at>${BOT.name}</at>` };
    const entities = text.includes(mention.text) ? [mention, clientInfo(person)] : [clientInfo(person)];
    const fields = { type: 'message', id, text, textFormat: 'plain', entities, attachments: [html(text)] };
    return inTeam(world, person, fields, thread ?? `${channel.id};messageid=${id}`);
  },
  /** Teams names the team here, and the channel that was chosen by its id only. */
  installsInTeam(person: Person, channel = CHANNEL, action = 'add') {
    const data = { settings: { selectedChannel: { id: channel.id } }, source: { name: 'message' } };
    return nameless(inTeam(world, person, { type: 'installationUpdate', action }, channel.id, data), person);
  },
  isAddedToTeam(person: Person, channel = CHANNEL) {
    const fields = { type: 'conversationUpdate', membersAdded: [{ id: BOT.id }] };
    return nameless(inTeam(world, person, fields, channel.id, { eventType: 'teamMemberAdded' }), person);
  },
  createsChannel: channelEvent(world, 'channelCreated'),
  renamesChannel: channelEvent(world, 'channelRenamed'),
  deletesChannel: channelEvent(world, 'channelDeleted'),
});

const channelEvent = (world: World, eventType: string) => (person: Person, channel: ChannelOfTeam) => {
  const data = { channel: { ...channel }, eventType };
  return nameless(inTeam(world, person, { type: 'conversationUpdate' }, TEAM.id, data), person);
};

/**
 * Builders of what Teams posts to the bot, all from one service URL and tenant. Every call has a fresh activity id,
 * as every repeat by Teams has.
 */
export function incoming({ serviceUrl, tenantId }: Partial<World> = {}) {
  const world = { serviceUrl: serviceUrl ?? 'https://smba.trafficmanager.net/amer/', tenantId: tenantId ?? TENANT.id };
  return { ...chats(world), ...presses(world), ...channels(world) };
}
