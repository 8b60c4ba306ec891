import { forgetGreeting, hear, meet } from '../app/meet.ts';
import type { Deps, Sealer } from '../app/ports.ts';
import { said } from '../cards/asker.ts';
import type { View } from '../cards/cards.ts';
import { languageOf, type Say, speak, wordFor } from '../cards/say.ts';
import {
  type Incoming,
  isAdded,
  isPersonal,
  localeOf,
  personOf,
  type Pressed,
  readPressed,
  tenantOf,
} from './activity.ts';
import { answerText } from './commands.ts';
import type { Connector } from './connector.ts';
import { type Forms, message } from './messages.ts';
import { isGuest } from './guests.ts';
import { inTime, press, type Response, show, toFault } from './respond.ts';
import { onTeam } from './team.ts';
import { isTrusted } from './trust.ts';
import type { Turn } from './turn.ts';
import { welcome } from './welcome.ts';

export interface BotSettings {
  forms: Forms;
  isLocal: boolean;
  /** The only tenant that is served; empty in local mode, which serves whoever is on this machine. */
  tenant: string;
  /** Where people reach the bot's pages; empty where nobody said. */
  publicUrl(): string;
}

export interface BotNeeds {
  deps: Deps;
  sealer: Sealer;
  connector: Connector;
  settings: BotSettings;
}

export interface Bot {
  /** Acts on one authenticated activity. Returns what to answer an invoke with; anything else is answered by 200. */
  act(activity: Incoming): Promise<Response>;
}

/** Of the three seconds in which an invoke is answered, so many may go to the store. */
const STORE_MS = 2000;
const OK: Response = { status: 200 };
const REFUSED: Response = { status: 403 };

/** Tells each kind of activity to the code that knows it. */
export function makeBot(needs: BotNeeds): Bot {
  const { settings, deps } = needs;
  return {
    async act(activity) {
      const foreign = settings.tenant !== '' && tenantOf(activity) !== settings.tenant;
      if (foreign || !isTrusted(activity.serviceUrl, settings.isLocal)) return REFUSED;
      if (activity.type === 'invoke') return onInvoke(needs, activity);
      try {
        if (activity.type === 'message') await onMessage(needs, activity);
        else if (isPersonal(activity)) await onMet(needs, activity);
        else await onTeam(needs, activity);
      } catch (error) {
        const reference = deps.fault(error);
        if (activity.type === 'message') await sorry(needs, activity, reference);
      }
      return OK;
    },
  };
}

/** A reply is in the language of the client to which it goes. */
const sayTo = ({ deps }: BotNeeds, activity: Incoming): Say => speak(localeOf(activity), deps.policy().language);

function toTurn(needs: BotNeeds, activity: Incoming): Turn {
  const { deps, sealer, settings } = needs;
  const id = personOf(activity);
  const tenant = tenantOf(activity);
  const address = { conversation: activity.conversation.id, tenant, serviceUrl: activity.serviceUrl };
  const asker = sealer.asker({ id: `${tenant} ${id}`, address });
  const me = { id, name: activity.from.name ?? '', asker };
  const waiting = { ...deps, store: deps.store.within(STORE_MS) };
  const { forms, isLocal } = settings;
  return { deps: waiting, me, say: sayTo(needs, activity), forms, isLocal, publicUrl: settings.publicUrl() };
}

async function onInvoke(needs: BotNeeds, activity: Incoming): Promise<Response> {
  const pressed = readPressed(activity);
  if (pressed === undefined) return { status: 501 };
  // A card in a channel stands before everybody: a person's own matters are answered in the personal chat alone.
  if (!isPersonal(activity)) return REFUSED;
  try {
    return await inTime(onPressed(needs, activity, pressed));
  } catch (error) {
    return toFault(sayTo(needs, activity), pressed.by, error, needs.deps.fault(error));
  }
}

async function onPressed(needs: BotNeeds, activity: Incoming, pressed: Pressed): Promise<Response> {
  const turn = toTurn(needs, activity);
  const isForeign = await isGuest(turn.deps, needs.connector, activity, turn.me);
  if (isForeign) return show(turn, pressed.by, { note: turn.say('chat.guests') });
  await hear(turn.deps, { id: turn.me.id, language: languageOf(localeOf(activity)) });
  return press(turn, pressed);
}

async function onMessage(needs: BotNeeds, activity: Incoming): Promise<void> {
  if (!isPersonal(activity)) return sendAway(needs, activity);
  const turn = toTurn(needs, activity);
  const { say } = turn;
  if (await isGuest(turn.deps, needs.connector, activity, turn.me)) {
    return reply(needs, activity, said(say, say('name'), say('chat.guests')), say('name'));
  }
  await greet(needs, activity, turn, true);
  const answer = await answerText(turn, activity.text ?? '');
  const view = 'note' in answer ? said(say, say('name'), answer.note) : answer.view;
  await reply(needs, activity, view, say('name'));
}

/** Teams says that somebody installed the bot, in two events, and says it again at will. */
async function onMet(needs: BotNeeds, activity: Incoming): Promise<void> {
  const installs = activity.type === 'installationUpdate' && activity.action?.startsWith('add') === true;
  if (!installs && !isAdded(activity)) return;
  const turn = toTurn(needs, activity);
  // A guest is told once they write or press something.
  if (!(await isGuest(turn.deps, needs.connector, activity, turn.me))) await greet(needs, activity, turn, false);
}

async function greet(needs: BotNeeds, activity: Incoming, { deps, me, say }: Turn, speaks: boolean): Promise<void> {
  const { conversation, serviceUrl } = activity;
  const address = { conversation: conversation.id, tenant: tenantOf(activity), serviceUrl };
  const language = languageOf(localeOf(activity));
  const greetings = await meet(deps, { id: me.id, address, asker: me.asker, language });
  // Somebody who already writes to the bot needs no greeting as an asker: they get what they wrote for.
  const fresh = speaks ? greetings.filter((greeting) => greeting !== 'asker') : greetings;
  if (fresh.length === 0) return;
  try {
    await reply(needs, activity, welcome(say, fresh), say('welcome.summary'));
  } catch (error) {
    await forgetGreeting(deps, me, fresh);
    throw error;
  }
}

/** In a channel everybody reads along, in the language that all of them share. */
function sendAway(needs: BotNeeds, activity: Incoming): Promise<void> {
  const say = speak(needs.deps.policy().language);
  const title = say('chat.inPrivate.title');
  const view = said(say, title, say('chat.inPrivate.text', { ask: wordFor(say, 'ask') }));
  return reply(needs, activity, view, title);
}

async function reply(
  { connector, settings }: BotNeeds,
  activity: Incoming,
  view: View,
  summary: string,
): Promise<void> {
  await connector.send(activity.serviceUrl, activity.conversation.id, message(view, summary, settings.forms));
}

async function sorry(needs: BotNeeds, activity: Incoming, reference: string): Promise<void> {
  const say = sayTo(needs, activity);
  const title = say('chat.sorry.title');
  try {
    await reply(needs, activity, said(say, title, say('chat.sorry.text', { reference })), title);
  } catch (error) {
    needs.deps.fault(error);
  }
}
