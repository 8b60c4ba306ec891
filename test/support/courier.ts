import type { Courier, Go } from '../../bot/app/carrying.ts';
import type { Outcome, Post } from '../../bot/domain/delivery.ts';
import type { Question } from '../../bot/domain/question.ts';
import { everyone } from './cast.ts';

/** One attempt that the courier was asked for. */
export interface Call {
  /** In short: `card question Ines`, `update question Ines`, `tell Ines withdrawn`, `notice`, `post-part answer`. */
  text: string;
  /** The question as it was when this was sent; a notice carries none. */
  question?: Question;
  channel?: string;
  /** Whether the person was met before. */
  met?: boolean;
  sent: Post;
}

const firstName = (id: string): string =>
  everyone.find((person) => person.aadObjectId === id)?.name.split(' ')[0] ?? id;

interface Addressed {
  go: Go;
  /** What stands for the conversation: the one who reads it, or the channel. A notice's is its asker's alone. */
  to?: string;
  stands?: Post | undefined;
}

/** A courier that delivers at once, unless a test tells it what Teams says instead. */
export class FakeCourier implements Courier {
  readonly calls: Call[] = [];
  /** What Teams says to an attempt. May throw, as a courier with a bug would. */
  reacts: (call: Call) => Outcome | Promise<Outcome> = ({ sent }) => ({ sent });

  /** What was sent, in short. */
  get texts(): string[] {
    return this.calls.map(({ text }) => text);
  }

  /** Attempts from here on, and no earlier ones. */
  forget(): void {
    this.calls.length = 0;
  }

  readonly card: Courier['card'] = ({ question, place, met }, go) => {
    const { card, to, entry, post } = place;
    const what = [card, firstName(to), entry && 'again'].filter(Boolean).join(' ');
    return this.#take(
      { text: `${post ? 'update' : 'card'} ${what}`, question, met: met !== undefined },
      { go, to, stands: post },
    );
  };

  readonly tell: Courier['tell'] = ({ question, what, to: { id, met } }, go) =>
    this.#take({ text: `tell ${firstName(id)} ${what}`, question, met: met !== undefined }, { go, to: id });

  readonly warn: Courier['warn'] = ({ dry, to: { id, met } }, go) =>
    this.#take({ text: `warn ${firstName(id)}`, channel: dry.channel.id, met: met !== undefined }, { go, to: id });

  readonly notice: Courier['notice'] = (question, _seal, go) => this.#take({ text: 'notice' }, { go, to: question });

  readonly block: Courier['block'] = (_blocking, go) => this.#take({ text: 'block' }, { go });

  readonly lift: Courier['lift'] = (_question, _seal, go) => this.#take({ text: 'lift' }, { go });

  readonly post: Courier['post'] = ({ question, channel, step }, go) => {
    const text = 'key' in step ? `${step.do} ${step.key}` : step.do;
    const activity = 'activity' in step ? step.activity : undefined;
    const post = 'post' in step ? step.post : undefined;
    const edited = activity === undefined ? post : { conversation: channel.id, activity };
    return this.#take({ text, question, channel: channel.id }, { go, to: channel.id, stands: edited });
  };

  async #take(call: Omit<Call, 'sent'>, { go, to, stands }: Addressed): Promise<Outcome> {
    await go(to);
    const at = this.calls.length + 1;
    const taken = { ...call, sent: stands ?? { conversation: `conversation ${at}`, activity: `activity ${at}` } };
    this.calls.push(taken);
    return this.reacts(taken);
  }
}
