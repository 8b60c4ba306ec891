import { isBlockOutcome, owedBlock, settleBlock } from '../domain/block.ts';
import {
  claim,
  claimIn,
  type Delivery,
  done,
  dueNow,
  joinBatch,
  needsBatch,
  type Outcome,
} from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import { type Attempt, type Record, type Sending, trySend, usual } from './attempt.ts';
import { type Go, Held } from './carrying.ts';
import { change } from './change.ts';
import { Conflict, type Deps, type Kept } from './ports.ts';
import { post } from './post.ts';

/** Bounds the work on one question in one go; the rest is taken up by the next sweep. */
const STEPS = 200;

/**
 * Carries out what one question owes and what is due. Each step is written down before the next begins. When to come back
 * for what had to let others go first, in milliseconds since 1970; nothing where all is done or has its time in the store.
 */
export async function deliver(deps: Sending, id: string): Promise<number | undefined> {
  const held = new Map<string, number>();
  for (let step = 0; step < STEPS; step += 1) {
    const kept = await deps.store.question(id);
    const due = kept && dueNow(kept.question, deps.clock.now().getTime()).find(({ key }) => !held.has(key));
    if (kept === undefined || due === undefined) break;
    const until = await carry(deps, kept, due);
    if (until !== undefined) held.set(due.key, until);
  }
  return held.size === 0 ? undefined : Math.min(...held.values());
}

/** One attempt at one delivery. When to come back, where it was not its turn. */
async function carry(deps: Sending, kept: Kept, due: Delivery): Promise<number | undefined> {
  const { question } = kept;
  const batch = needsBatch(due) ? deps.nextNotices() : 0;
  if (batch > 0) return write(deps, kept, joinBatch(question, due, batch));
  const { begin, send, record } = await attempt(deps, question, due);
  if (send === undefined) return write(deps, kept, done(question, due));
  let conversation: string | undefined;
  const go: Go = async (where) => {
    if (where !== undefined) await deps.pace.turn(where);
    const claimed = claim(question, due, kept.version, deps.clock.now().getTime());
    await take(deps, kept, begin ? begin(claimed) : claimed);
    conversation = where;
  };
  try {
    const outcome = await trySend(deps, () => send(go));
    if (conversation !== undefined) heed(deps, conversation, outcome);
    await writeDown(deps, kept, { due, outcome, record });
    return undefined;
  } catch (error) {
    if (!(error instanceof Held)) throw error;
    if (error.cause !== undefined) throw error.cause;
    return error.until;
  }
}

/** Saves what was decided on exactly this version. Where somebody else saved first, it is read and decided anew. */
async function write({ store }: Pick<Deps, 'store'>, { version }: Kept, question: Question): Promise<undefined> {
  try {
    await store.save(question, version);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

/** Writes the claim. Only who wrote it may send. */
async function take({ store }: Pick<Deps, 'store'>, { version }: Kept, claimed: Question): Promise<void> {
  try {
    await store.save(claimed, version);
  } catch (error) {
    throw new Held(undefined, error instanceof Conflict ? {} : { cause: error });
  }
}

/** For how long a conversation is left alone where Teams did not say: the least wait after a first try. */
const USUAL_PAUSE_MS = 2000;

function heed({ pace, clock }: Pick<Sending, 'pace' | 'clock'>, conversation: string, outcome: Outcome): void {
  if (!('refused' in outcome) || outcome.refused !== '429') return;
  pace.pause(conversation, clock.now().getTime() + (outcome.retryAfterMs ?? USUAL_PAUSE_MS));
}

/** Writes the outcome down, unless the lease ran out and another one took over: what stands there now is theirs. */
async function writeDown(
  deps: Sending,
  kept: Kept,
  { due, outcome, record }: { due: Delivery; outcome: Outcome; record: Record },
): Promise<void> {
  let wasClaimed = false;
  await change({ store: deps.store, wake: () => {} }, kept.question.id, (now) => {
    const taken = claimIn(now, due.key, kept.version);
    wasClaimed ||= taken !== undefined;
    // Its mark is the one that was sent: it may be owed anew by now.
    return taken === undefined ? now : record(now, { ...taken, mark: due.mark }, outcome);
  });
  // It failed before it was claimed, a vault being away perhaps: nothing was sent, and it counts if nothing has changed.
  const unsent = 'unknown' in outcome ? { refused: outcome.unknown } : outcome;
  if (!wasClaimed) await write(deps, kept, record(kept.question, due, unsent));
}

function attempt(deps: Sending, question: Question, { target }: Delivery): Promise<Attempt> {
  switch (target.kind) {
    case 'card':
      return card(deps, question, target.place);
    case 'tell':
      return tell(deps, question, target);
    case 'notice':
      return notice(deps, question);
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
  { person, what }: { person: string; what: 'withdrawn' | 'not-now' },
): Promise<Attempt> {
  // A withdrawal that was cut short leaves its Seal: this delivery outlives the crash, and finishes it.
  if (question.state === 'withdrawn') await deps.store.eraseSeal(deps.sealer.sealId(question.id));
  const met = await deps.store.met(person);
  return { send: (go) => deps.courier.tell({ question, what, to: { id: person, met } }, go), record: usual(deps) };
}

async function notice(deps: Sending, question: Question): Promise<Attempt> {
  const seal = await deps.store.seal(deps.sealer.sealId(question.id));
  const record = usual(deps);
  if (seal === undefined) return { record };
  return {
    send: (go) => deps.courier.notice(question.id, seal, go),
    // Nobody can be written to any more, and nobody is to blame: it is not among what was given up.
    record: (now, taken, outcome) =>
      'permanent' in outcome && outcome.permanent === 'epoch-gone' ? done(now, taken) : record(now, taken, outcome),
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
