import { crowd, everyone, guests } from './cast.ts';

/** An activity as the bot sends it. */
export type Sent = {
  type?: string;
  text?: string;
  summary?: string;
  attachments?: { contentType: string; content?: unknown }[];
  [field: string]: unknown;
};
export type Card = { type: string; body?: unknown[]; actions?: unknown[]; [field: string]: unknown };

/** A message as it stands now: after all updates, and gone once deleted. */
export type Message = {
  readonly id: string;
  readonly conversationId: string;
  activity: Sent;
  text: string | undefined;
  /** The first adaptive card of the message. */
  card: Card | undefined;
  /** How often it was updated. */
  updates: number;
};

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
const cardOf = (activity: Sent) => activity.attachments?.find((one) => one.contentType === ADAPTIVE)?.content;
const shown = (activity: Sent) => ({ activity, text: activity.text, card: cardOf(activity) as Card | undefined });

/** `19:…@thread.tacv2` of `19:…@thread.tacv2;messageid=1`; any other id as it is. */
export const rootOf = (conversationId: string): string => conversationId.split(';')[0] ?? conversationId;

/** What people see in Teams, as the requests of the bot left it. */
export class Conversations {
  readonly #messages: Message[] = [];
  readonly #chats = new Map<string, string>(
    [...everyone, ...guests, ...crowd].flatMap((person) => [
      [person.id, person.conversationId],
      [person.aadObjectId, person.conversationId],
    ]),
  );
  #lastId = 1_700_000_000_000;

  /** The 1:1 chat with a member, by either of their ids; always the same one. */
  chatOf(memberId: string): string {
    const chat = this.#chats.get(memberId) ?? `a:1stranger${this.#chats.size}`;
    this.#chats.set(memberId, chat);
    return chat;
  }

  /** A message to a channel itself is a new root post, unless it replies to one. */
  post(conversationId: string, activity: Sent, replyTo?: string): Message {
    const id = String((this.#lastId += 1));
    const bareChannel = conversationId.startsWith('19:') && !conversationId.includes(';messageid=');
    const thread = bareChannel ? `${conversationId};messageid=${replyTo ?? id}` : conversationId;
    const message = { id, conversationId: thread, updates: 0, ...shown(activity) };
    this.#messages.push(message);
    return message;
  }

  /** False when there is no such message. */
  update(conversationId: string, id: string, activity: Sent): boolean {
    const message = this.of(rootOf(conversationId)).find((one) => one.id === id);
    if (message) Object.assign(message, shown(activity), { updates: message.updates + 1 });
    return message !== undefined;
  }

  /** False when there is no such message. */
  remove(conversationId: string, id: string): boolean {
    const message = this.of(rootOf(conversationId)).find((one) => one.id === id);
    if (message) this.#messages.splice(this.#messages.indexOf(message), 1);
    return message !== undefined;
  }

  /** All messages of a chat, a thread, or (by a channel's bare id) all threads of a channel, oldest first. */
  of(conversationId: string): Message[] {
    return this.#messages.filter(
      (one) => one.conversationId === conversationId || rootOf(one.conversationId) === conversationId,
    );
  }

  /** The threads of a channel, each with its root post first. */
  threads(channelId: string): Message[][] {
    const ofChannel = this.of(channelId);
    const ids = new Set(ofChannel.map((one) => one.conversationId));
    return [...ids].map((id) => ofChannel.filter((one) => one.conversationId === id));
  }
}
