import { type Delivery, done, dueNow, giveUp, type Outcome, putOff } from '../domain/delivery.ts';
import { nextStep, posted, type Publication, type Step, withPublication } from '../domain/publication.ts';
import { type AnsweredQuestion, next, type Question } from '../domain/question.ts';
import { change } from './change.ts';
import type { Courier, Deps } from './ports.ts';

type Record = (question: Question, outcome: Outcome) => Question;

/** One attempt, and how its outcome is written down. Nothing to send means that nothing is owed any more. */
interface Attempt {
  send?: () => Promise<Outcome>;
  record: Record;
}

/** Bounds the work on one question in one go; the rest is taken up by the next sweep. */
const STEPS = 200;

/** Carries out what one question owes and what is due. Each step is written down before the next begins. */
export async function deliver(deps: Deps, courier: Courier, id: string): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    const kept = await deps.store.question(id);
    if (kept === undefined) return;
    const [delivery] = dueNow(kept.question, deps.clock.now().getTime());
    if (delivery === undefined) return;
    const { send, record } = await attempt(deps, courier, kept.question, delivery);
    const outcome = await send?.();
    await change({ store: deps.store, wake: () => {} }, id, (question) =>
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
    case 'publication':
      return publication(deps, courier, question, delivery, target.channel);
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
  return seal === undefined ? { record } : { send: () => courier.notice(question.id, seal), record };
}

async function publication(
  deps: Deps,
  courier: Courier,
  question: Question,
  delivery: Delivery,
  channelId: string,
): Promise<Attempt> {
  const record = usual(deps, delivery);
  const publication = question.state === 'answered' && question.publications.find((one) => one.channel === channelId);
  // While a post is uncertain, only a curator can say whether it is there.
  if (question.state !== 'answered' || !publication || publication.state === 'uncertain') return { record };
  const step = nextStep(question, publication);
  if (step === undefined) return { record };
  const channel = await deps.store.channel(channelId);
  if (channel === undefined) return { send: () => Promise.resolve({ permanent: 'channel-gone' }), record };
  return {
    send: () => courier.post({ question, channel, step }),
    record: (now, outcome) => recordStep(deps, now, { delivery, channelId, step, sent: question }, outcome),
  };
}

interface Taken {
  delivery: Delivery;
  channelId: string;
  step: Step;
  sent: AnsweredQuestion;
}

function recordStep(
  deps: Deps,
  question: Question,
  { delivery, channelId, step, sent }: Taken,
  outcome: Outcome,
): Question {
  const publication = question.state === 'answered' && question.publications.find((one) => one.channel === channelId);
  if (question.state !== 'answered' || !publication) return done(question, delivery);
  const isNew = step.do === 'post-root' || step.do === 'post-part';
  if ('unknown' in outcome && isNew) {
    return done(next(withPublication(question, { ...publication, state: 'uncertain' })), delivery);
  }
  if ('permanent' in outcome) return next(usual(deps, delivery)(question, outcome) as AnsweredQuestion);
  if (!('sent' in outcome)) return usual(deps, delivery)(question, outcome);
  return advance(question, delivery, posted(publication, step, outcome.sent, sent));
}

function advance(question: AnsweredQuestion, delivery: Delivery, publication: Publication): Question {
  const further = withPublication(question, publication);
  if (nextStep(further, publication) !== undefined) return further;
  return done(next(withPublication(question, { ...publication, state: 'posted' })), delivery);
}

/** What most outcomes mean: sent is done, a definite failure is given up, anything else is tried again later. */
function usual(
  { clock, ids }: Deps,
  delivery: Delivery,
  onSent: (question: Question, post: { conversation: string; activity: string }) => Question = (question) => question,
): Record {
  return (question, outcome) => {
    if ('sent' in outcome) return done(onSent(question, outcome.sent), delivery);
    if ('permanent' in outcome) return giveUp(question, delivery, outcome.permanent);
    const code = 'refused' in outcome ? outcome.refused : outcome.unknown;
    const retryAfterMs = 'refused' in outcome ? outcome.retryAfterMs : undefined;
    return putOff(question, delivery, clock.now().getTime(), { code, chance: ids.chance(), retryAfterMs });
  };
}
