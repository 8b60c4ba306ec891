import { isBlockOutcome, owedBlock, settleBlock } from '../domain/block.ts';
import { type Delivery, done, dueNow, joinBatch, needsBatch } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal } from '../domain/refusal.ts';
import { type Attempt, trySend, usual } from './attempt.ts';
import { change } from './change.ts';
import { post } from './post.ts';
import type { Courier, Deps } from './ports.ts';

/** Bounds the work on one question in one go; the rest is taken up by the next sweep. */
const STEPS = 200;

/** Carries out what one question owes and what is due. Each step is written down before the next begins. */
export async function deliver(deps: Deps, courier: Courier, id: string): Promise<void> {
  const quiet = { store: deps.store, wake: () => {} };
  for (let step = 0; step < STEPS; step += 1) {
    const kept = await deps.store.question(id);
    if (kept === undefined) return;
    const [delivery] = dueNow(kept.question, deps.clock.now().getTime());
    if (delivery === undefined) return;
    const batch = needsBatch(delivery) ? deps.nextNotices() : 0;
    if (batch > 0) {
      await change(quiet, id, (question) => joinBatch(question, delivery, batch));
      continue;
    }
    const { begin, send, record } = await attempt(deps, courier, kept.question, delivery);
    if (begin && isRefusal(await change(quiet, id, begin))) return;
    const outcome = send && (await trySend(deps, send));
    await change(quiet, id, (question) =>
      outcome === undefined ? done(question, delivery) : record(question, outcome),
    );
  }
}

function attempt(deps: Deps, courier: Courier, question: Question, delivery: Delivery): Promise<Attempt> {
  const { target } = delivery;
  switch (target.kind) {
    case 'card':
      return card(deps, courier, question, delivery, target.place);
    case 'tell':
      return tell(deps, courier, question, delivery, target);
    case 'notice':
      return notice(deps, courier, question, delivery);
    case 'block':
      return block(deps, courier, question, delivery);
    case 'publication':
      return post(deps, courier, question, delivery, target.channel);
  }
}

async function card(
  deps: Deps,
  courier: Courier,
  question: Question,
  delivery: Delivery,
  key: string,
): Promise<Attempt> {
  const place = question.places.find((known) => known.key === key);
  const record = usual(deps, delivery, (now, post) => ({
    ...now,
    places: now.places.map((known) => (known.key === key ? { ...known, post } : known)),
  }));
  if (place === undefined) return { record };
  const met = await deps.store.met(place.to);
  return {
    send: () => courier.card({ question, place, met }),
    // A card that its reader deleted is not sent again.
    record: (now, outcome) =>
      'permanent' in outcome && outcome.permanent === '404' && place.post ? done(now, delivery) : record(now, outcome),
  };
}

async function tell(
  deps: Deps,
  courier: Courier,
  question: Question,
  delivery: Delivery,
  { person, what }: { person: string; what: 'withdrawn' | 'not-now' },
): Promise<Attempt> {
  // A withdrawal that was cut short leaves its Seal: this delivery outlives the crash, and finishes it.
  if (question.state === 'withdrawn') await deps.store.eraseSeal(deps.sealer.sealId(question.id));
  const met = await deps.store.met(person);
  return { send: () => courier.tell(question, what, { id: person, met }), record: usual(deps, delivery) };
}

async function notice(deps: Deps, courier: Courier, question: Question, delivery: Delivery): Promise<Attempt> {
  const seal = await deps.store.seal(deps.sealer.sealId(question.id));
  const record = usual(deps, delivery);
  if (seal === undefined) return { record };
  return {
    send: () => courier.notice(question.id, seal),
    // Nobody can be written to any more, and nobody is to blame: it is not among what was given up.
    record: (now, outcome) =>
      'permanent' in outcome && outcome.permanent === 'epoch-gone' ? done(now, delivery) : record(now, outcome),
  };
}

async function block(deps: Deps, courier: Courier, question: Question, delivery: Delivery): Promise<Attempt> {
  const { id } = question;
  const owed = owedBlock(question);
  const record = usual(deps, delivery);
  if (owed === undefined) return { record };
  const seal = await deps.store.seal(deps.sealer.sealId(id));
  return {
    send: async () => {
      if (seal === undefined) return { permanent: 'epoch-gone' };
      return owed.state === 'agreed' ? courier.block(id, seal, owed.until) : courier.lift(id, seal);
    },
    record: (now, outcome) => {
      const became = 'sent' in outcome ? 'sent' : 'permanent' in outcome && outcome.permanent;
      if (!became || !isBlockOutcome(became)) return record(now, outcome);
      return done(settleBlock(now, owed.state, became), delivery);
    },
  };
}
