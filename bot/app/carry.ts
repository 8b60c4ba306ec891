import { isBlockOutcome, owedBlock, settleBlock } from '../domain/block.ts';
import { claim, claimIn, type Delivery, done, joinBatch, needsBatch, type Outcome } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import { type Attempt, groundsOf, type Sending, trySend, usual } from './attempt.ts';
import { type Go, Held, type Telling } from './carrying.ts';
import { carryWording, release } from './wordings.ts';
import { post } from './post.ts';
import type { Decide, Together } from './together.ts';

/** What is carried for one question. */
export type Work = Sending & {
  together: Together;
  /** By key, the conversation in which it is a delivery's turn, though it has to be decided anew: it does not wait twice. */
  turns: Map<string, string>;
};

/** Writes down what was decided, where it still stands as it was read. The version under which it was; nothing elsewhere. */
type Write = (decide: Decide) => Promise<string | undefined>;

/** A delivery in hand: nobody else may send it. */
interface Taken {
  fence: string;
  conversation: string | undefined;
}

/** One attempt at one delivery, by the question as it was read. When to come back, where it was not its turn. */
export async function carry(work: Work, question: Question, due: Delivery): Promise<number | undefined> {
  const write = writes(work, question, due);
  const batch = needsBatch(due) ? work.nextNotices() : 0;
  const found = batch > 0 ? undefined : await attempt(work, question, due);
  if (found?.send === undefined) {
    await write((now) => (batch > 0 ? joinBatch(now, due, batch) : done(now, due)));
    return undefined;
  }
  const { begin = (claimed) => claimed, send, record } = found;
  let taken: Taken | undefined;
  const go: Go = async (conversation) => {
    await turn(work, due, conversation);
    const claimed: Decide = (now, version) => begin(claim(now, due, version, work.clock.now().getTime()));
    taken = { fence: await take(write, claimed), conversation };
    work.turns.delete(due.key);
  };
  try {
    const outcome = await trySend(work, () => send(go));
    await writeDown(work, { due, outcome, record, write }, taken);
    return undefined;
  } catch (error) {
    if (!(error instanceof Held)) throw error;
    if (error.cause !== undefined) throw error.cause;
    return error.until;
  }
}

function writes({ together }: Work, question: Question, due: Delivery): Write {
  const grounds = groundsOf(question, due);
  return async (decide) => {
    let under: string | undefined;
    const isSaved = await together((now, version) => {
      under = groundsOf(now, due) === grounds ? version : undefined;
      return under === undefined ? now : decide(now, version);
    });
    return isSaved ? under : undefined;
  };
}

async function turn({ turns, pace }: Work, { key }: Delivery, conversation?: string): Promise<void> {
  if (conversation === undefined || turns.get(key) === conversation) return;
  await pace.turn(conversation);
  turns.set(key, conversation);
}

/** Writes the claim. Only who wrote it may send. */
async function take(write: Write, claimed: Decide): Promise<string> {
  const fence = await write(claimed).catch((cause: unknown) => {
    throw new Held(undefined, { cause });
  });
  if (fence === undefined) throw new Held();
  return fence;
}

/** What became of an attempt. */
type Told = Pick<Attempt, 'record'> & { due: Delivery; outcome: Outcome; write: Write };

/** Writes the outcome down, unless the lease ran out and another one took over: what stands there now is theirs. */
async function writeDown(work: Work, { due, outcome, record, write }: Told, taken?: Taken): Promise<void> {
  if (taken === undefined) {
    // It failed before it was claimed, a vault being away perhaps: nothing was sent, and it counts if nothing has changed.
    const unsent = 'unknown' in outcome ? { refused: outcome.unknown } : outcome;
    await write((now) => record(now, due, unsent));
    return;
  }
  heed(work, taken, outcome);
  await work.together((now) => {
    const claimed = claimIn(now, due.key, taken.fence);
    // Its mark is the one that was sent: it may be owed anew by now.
    return claimed === undefined ? now : record(now, { ...claimed, mark: due.mark }, outcome);
  });
}

/** For how long a conversation is left alone where Teams did not say: the least wait after a first try. */
const USUAL_PAUSE_MS = 2000;

function heed({ pace, clock }: Work, { conversation }: Taken, outcome: Outcome): void {
  if (conversation === undefined || !('refused' in outcome) || outcome.refused !== '429') return;
  pace.pause(conversation, clock.now().getTime() + (outcome.retryAfterMs ?? USUAL_PAUSE_MS));
}

function attempt(deps: Sending, question: Question, { target }: Delivery): Promise<Attempt> {
  switch (target.kind) {
    case 'card':
      return card(deps, question, target.place);
    case 'tell':
      return tell(deps, question, target);
    case 'notice':
      return notice(deps, target.of ?? question.id);
    case 'wording':
      return inStore(deps, () => carryWording(deps, question.id, target.into));
    case 'release':
      return inStore(deps, () => release(deps, target.wording, question.id));
    case 'block':
      return block(deps, question);
    case 'publication':
      return post(deps, question, target.channel);
  }
}

async function card(deps: Sending, question: Question, key: string): Promise<Attempt> {
  const place = question.places.find((known) => known.key === key);
  const record = usual(deps, (now, post) => ({
    ...now,
    places: now.places.map((known) => (known.key === key ? { ...known, post } : known)),
  }));
  if (place === undefined) return { record };
  const met = await deps.store.met(place.to);
  return {
    send: (go) => deps.courier.card({ question, place, met }, go),
    // A card that its reader deleted is not sent again.
    record: (now, taken, outcome) =>
      'permanent' in outcome && outcome.permanent === '404' && place.post
        ? done(now, taken)
        : record(now, taken, outcome),
  };
}

async function tell(
  deps: Sending,
  question: Question,
  { person, what }: { person: string; what: Telling['what'] },
): Promise<Attempt> {
  // A withdrawal that was cut short leaves its Seal: this delivery outlives the crash, and finishes it.
  if (question.state === 'withdrawn') await deps.store.eraseSeal(deps.sealer.sealId(question.id));
  const met = await deps.store.met(person);
  return { send: (go) => deps.courier.tell({ question, what, to: { id: person, met } }, go), record: usual(deps) };
}

/** Nobody can be written to any more, or there is no Teams to do it. Nobody is to blame: it is not among what was given up. */
const NOBODY_THERE = new Set(['epoch-gone', 'no-teams']);

/** What is done in the store alone, and may be done twice, needs no claim. */
async function inStore(deps: Sending, act: () => Promise<boolean>): Promise<Attempt> {
  const send = async (): Promise<Outcome> => ((await act()) ? { sent: NOWHERE } : { refused: 'busy' });
  return { send, record: usual(deps) };
}
const NOWHERE = { conversation: '', activity: '' };

async function notice(deps: Sending, question: string): Promise<Attempt> {
  const seal = await deps.store.seal(deps.sealer.sealId(question));
  const record = usual(deps);
  if (seal === undefined) return { record };
  return {
    send: (go) => deps.courier.notice(question, seal, go),
    record: (now, taken, outcome) =>
      'permanent' in outcome && NOBODY_THERE.has(outcome.permanent) ? done(now, taken) : record(now, taken, outcome),
  };
}

async function block(deps: Sending, question: Question): Promise<Attempt> {
  const { id } = question;
  const owed = owedBlock(question);
  const record = usual(deps);
  if (owed === undefined) return { record };
  const seal = await deps.store.seal(deps.sealer.sealId(id));
  return {
    send: async (go) => {
      if (seal === undefined) return { permanent: 'epoch-gone' };
      return owed.state === 'agreed'
        ? deps.courier.block({ question: id, seal, until: owed.until }, go)
        : deps.courier.lift(id, seal, go);
    },
    record: (now, taken, outcome) => {
      const became = 'sent' in outcome ? 'sent' : 'permanent' in outcome && outcome.permanent;
      if (!became || !isBlockOutcome(became)) return record(now, taken, outcome);
      return done(settleBlock(now, owed.state, became), taken);
    },
  };
}
