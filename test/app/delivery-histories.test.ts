import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ask } from '../../bot/app/ask.ts';
import { publish, publishOn, settle } from '../../bot/app/curate.ts';
import { deliver } from '../../bot/app/deliver.ts';
import { answer, speak } from '../../bot/app/lead.ts';
import { followUp } from '../../bot/app/own.ts';
import type { Store } from '../../bot/app/ports.ts';
import { retract, schedule, unschedule } from '../../bot/app/plan.ts';
import { sendAgain } from '../../bot/app/resend.ts';
import type { Outcome } from '../../bot/domain/delivery.ts';
import { nextStep } from '../../bot/domain/posting.ts';
import { mayLinger } from '../../bot/domain/publication.ts';
import { isRetracted, type Question } from '../../bot/domain/question.ts';
import { isRefusal } from '../../bot/domain/refusal.ts';
import { isStuck, maySendAgain } from '../../bot/domain/stuck.ts';
import { type App, channelOf, freshId, must, noPace, openApp } from '../support/app.ts';
import { CHANNEL, ines, kofi, noor, SECOND_CHANNEL } from '../support/cast.ts';
import { type Call, FakeCourier } from '../support/courier.ts';

const [INES, KOFI] = [ines.aadObjectId, kofi.aadObjectId];
const CHANNELS = [CHANNEL, SECOND_CHANNEL];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What befalls one attempt. After the last of them the process is gone before it wrote anything down. */
const FATES = ['sent', 'refused', 'forbidden', 'lost', 'arrived unheard', 'killed before', 'killed after'] as const;
const ACTS = [
  'deliver',
  'deliver twice',
  'wait',
  'wait long',
  'answer',
  'correct',
  'publish',
  'plan',
  'take off',
  'take out',
  'follow up',
  'settle',
  'again',
] as const;
type Fate = (typeof FATES)[number];
type Act = (typeof ACTS)[number];

/** What stands in Teams, and how often each new post was put there. */
class World {
  readonly posts = new Map<string, number>();
  readonly shown = new Map<string, number>();
  notices = 0;

  takes({ text, question, channel }: Call): void {
    const post = `${channel} ${text}`;
    if (text === 'notice') this.notices += 1;
    else if (text.startsWith('post-')) this.posts.set(post, (this.posts.get(post) ?? 0) + 1);
    else if (question) this.shown.set(text.replace(/^(card|update) /, ''), question.revision);
  }
}

/** One question, two instances, and Teams with a mind of its own. */
class History {
  readonly app: App;
  readonly world = new World();
  readonly #fates: Iterator<Fate>;
  readonly #instances: { store: Store; courier: FakeCourier }[];
  /** How often a curator asked for a post that may be there already. */
  readonly marked = new Map<string, number>();
  /** How often a thread that was taken out of a channel came to it anew. */
  readonly anew = new Map<string, number>();
  accepted = 0;
  id = '';

  constructor(app: App, fates: Iterator<Fate>) {
    this.app = app;
    this.#fates = fates;
    this.#instances = [0, 1].map(() => this.#instance());
  }

  /** A process that may be killed, and is then another one. */
  #instance() {
    const courier = new FakeCourier();
    let isDead = false;
    const store = new Proxy(this.app.store, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
        if (name !== 'save') return method.bind(target);
        return (...args: unknown[]) => (isDead ? Promise.reject(new Error('killed')) : method.apply(target, args));
      },
    });
    courier.reacts = (call): Outcome => {
      const fate = this.#fates.next().value as Fate;
      isDead ||= fate.startsWith('killed');
      if (['sent', 'arrived unheard', 'killed after'].includes(fate)) this.world.takes(call);
      if (fate === 'refused') return { refused: '429', retryAfterMs: MINUTE };
      if (fate === 'forbidden') return { permanent: '403' };
      return fate === 'sent' ? { sent: call.sent } : { unknown: '502' };
    };
    return { store, courier };
  }

  async delivers(n: number): Promise<void> {
    const { app } = this;
    const at = n % 2;
    try {
      await deliver({ ...app.deps, ...this.#instances[at]!, pace: noPace }, this.id);
    } catch (error) {
      assert.match(String(error), /killed/);
      this.#instances[at] = this.#instance();
    }
  }

  /** Teams recovers, and no process dies any more. */
  recovers(): void {
    const courier = new FakeCourier();
    courier.reacts = (call) => {
      this.world.takes(call);
      return { sent: call.sent };
    };
    for (const n of [0, 1]) this.#instances[n] = { store: this.app.store, courier };
  }

  readonly #form = (words: string) => ({ question: this.id, submission: freshId(), words });
  question = (): Promise<Question> => this.app.question(this.id);

  async act(act: Act): Promise<void> {
    const { app } = this;
    const question = await this.question();
    switch (act) {
      case 'deliver':
        return this.delivers(0);
      case 'deliver twice':
        return void (await Promise.all([this.delivers(0), this.delivers(1)]));
      case 'wait':
        return app.passes(MINUTE);
      case 'wait long':
        return app.passes(DAY / 3);
      case 'answer':
        return this.#accept(await answer(app.deps, INES, this.#form('Because.')));
      case 'correct': {
        const replaces = question.state === 'answered' ? question.answer.revision : 1;
        return this.#accept(await answer(app.deps, INES, { ...this.#form('Because, really.'), replaces }));
      }
      case 'publish':
        return this.#comesAnew(question, (channel) => publish(app.deps, KOFI, this.id, [channel]));
      case 'plan': {
        const at = app.now.getTime() + 2 * MINUTE;
        return this.#comesAnew(question, (channel) => schedule(app.deps, KOFI, this.id, { channel, at }));
      }
      case 'take off':
        return void (await unschedule(app.deps, KOFI, this.id, CHANNEL.id));
      case 'take out':
        return void (await retract(app.deps, KOFI, this.id, { channel: CHANNEL.id, reason: 'Not yet.' }));
      case 'follow up':
        await followUp(app.deps, app.hand(noor), this.#form('And now?'));
        this.#accept(await speak(app.deps, INES, 'reply', this.#form('Soon.')));
        await publishOn(app.deps, KOFI, this.id);
        return;
      case 'settle':
        return this.#settles(question);
      case 'again':
        return this.#sendsAgain(question);
    }
  }

  /** Begins in both channels; where it was taken out before, its posts may stand there once more. */
  async #comesAnew(before: Question, begin: (channel: string) => Promise<unknown>): Promise<void> {
    const gone = before.state === 'answered' ? before.publications.filter(isRetracted) : [];
    for (const { id: channel } of CHANNELS) {
      if (isRefusal(await begin(channel)) || !gone.some((one) => one.channel === channel)) continue;
      this.anew.set(channel, (this.anew.get(channel) ?? 0) + 1);
    }
  }

  #accept(result: unknown): void {
    if (!isRefusal(result)) this.accepted = this.world.notices + 1;
  }

  async #settles(question: Question): Promise<void> {
    const publications = question.state === 'answered' ? question.publications : [];
    for (const { channel } of publications.filter(mayLinger))
      must(await settle(this.app.deps, KOFI, this.id, channel, 'nothing'));
    for (const { channel, begun } of publications.filter(({ state }) => state === 'uncertain')) {
      const key = `${channel} ${begun === 'root' ? 'post-root' : `post-part ${begun}`}`;
      // A curator who looks sees what is there; a root that Teams never named is posted again whatever they see.
      const asked = (this.marked.get(key) ?? 0) + (this.anew.get(channel) ?? 0);
      const isThere = (this.world.posts.get(key) ?? 0) > asked && begun !== 'root';
      if (!isThere) this.marked.set(key, (this.marked.get(key) ?? 0) + 1);
      must(await settle(this.app.deps, KOFI, this.id, channel, isThere ? 'there' : 'nothing'));
    }
  }

  async #sendsAgain(question: Question): Promise<void> {
    for (const { key } of question.deliveries.filter(maySendAgain)) {
      // One that was sent again may have renewed another.
      const isStill = (await this.question()).deliveries.some((owed) => owed.key === key && maySendAgain(owed));
      if (isStill) must(await sendAgain(this.app.deps, KOFI, this.id, key));
    }
  }
}

/** Nothing in the channel twice, unless a curator asked for it. */
function noUnmarkedDuplicate({ world, marked, anew }: History): void {
  for (const [text, times] of world.posts) {
    const wanted = 1 + (marked.get(text) ?? 0) + (anew.get(text.split(' ')[0] ?? '') ?? 0);
    assert.ok(times <= wanted, `${text}: ${times} times`);
  }
}

/** What is not in Teams is on the list: it has its time, or curators see it. */
async function deliveredOrVisible(history: History): Promise<void> {
  const question = await history.question();
  const { deliveries } = question;
  const now = history.app.now.getTime();
  for (const delivery of deliveries) {
    const isComing = 'until' in delivery ? delivery.until <= now + DAY : ['due', 'planned'].includes(delivery.state);
    assert.ok(isComing || isStuck(delivery), delivery.state);
  }
  assert.equal((await history.app.store.stuck(1)).length, deliveries.some(isStuck) ? 1 : 0);
  const isOwed = (key: string) => deliveries.some((delivery) => delivery.key === key);
  if (!isOwed('notice')) assert.ok(history.world.notices >= history.accepted, 'the asker was told');
  if (question.state !== 'answered') return;
  for (const publication of question.publications) {
    if (isOwed(`publication:${publication.channel}`)) continue;
    assert.equal(nextStep(question, publication), undefined);
    assert.ok(publication.state === 'posted' || publication.state === 'retracted', publication.state);
  }
}

describe('deliveries, whatever Teams says and whoever dies', function () {
  this.timeout(60_000);

  it('are made, or wait to be seen; nothing is posted twice unless a curator asked for it', async () => {
    const acts = fc.array(fc.constantFrom(...ACTS), { minLength: 5, maxLength: 30 });
    const fates = fc.infiniteStream(fc.constantFrom(...FATES));
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(acts, fates, async (steps, stream) => {
        const app = await openApp();
        try {
          const history = new History(app, stream);
          for (const channel of CHANNELS) await app.store.putChannel(channelOf(channel));
          history.id = must(
            await ask(app.deps, app.hand(noor), { submission: freshId(), leader: INES, words: 'Why?' }),
          ).id;
          for (const act of steps) {
            await history.act(act);
            noUnmarkedDuplicate(history);
            await deliveredOrVisible(history);
            for (const { state } of (await history.question()).deliveries) seen.add(state);
          }
          await comesToAnEnd(history);
        } finally {
          await app.close();
        }
      }),
      { numRuns: 150, seed: 20_261_123 },
    );
    assert.deepEqual(
      [...seen].toSorted(),
      ['claimed', 'dead', 'due', 'planned', 'uncertain', 'waiting'],
      'the premise: all of them came about',
    );
  });
});

/** Teams is well again, and curators do what their list shows: then everything is there. */
async function comesToAnEnd(history: History): Promise<void> {
  history.recovers();
  for (let round = 0; round < 8; round += 1) {
    history.app.passes(DAY);
    await history.delivers(0);
    await history.act('settle');
    await history.act('again');
  }
  noUnmarkedDuplicate(history);
  await deliveredOrVisible(history);
  const question = await history.question();
  assert.deepEqual(question.deliveries, []);
  for (const place of question.places) assert.ok(place.post, place.key);
}
