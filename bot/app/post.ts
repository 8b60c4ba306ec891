import { type Delivery, done, goOn, type Outcome } from '../domain/delivery.ts';
import { begin, heard, newPost, nextStep, posted, type Step, unsure } from '../domain/posting.ts';
import { stopped, withPublication } from '../domain/publication.ts';
import type { Publication } from '../domain/question.ts';
import { type AnsweredQuestion, next, type Question } from '../domain/question.ts';
import { type Attempt, type Record, usual } from './attempt.ts';
import type { Courier, Deps } from './ports.ts';

interface Published {
  question: AnsweredQuestion;
  publication: Publication;
}

function publishedIn(question: Question, channel: string): Published | undefined {
  if (question.state !== 'answered') return undefined;
  const publication = question.publications.find((one) => one.channel === channel);
  return publication && { question, publication };
}

/** The next step of a thread on its way to a channel. */
export async function post(
  deps: Deps,
  courier: Courier,
  question: Question,
  delivery: Delivery,
  channelId: string,
): Promise<Attempt> {
  const record = usual(deps, delivery);
  const published = publishedIn(question, channelId);
  // While a post is uncertain, only a curator can say whether it is there.
  if (!published || published.publication.state === 'uncertain') return { record };
  // Begun in another life, and its outcome was lost with it.
  if (published.publication.begun !== undefined) return { ...CUT_SHORT, record: recordUnsure(delivery, channelId) };
  const step = nextStep(published.question, published.publication);
  if (step === undefined) return { record };
  const channel = await deps.store.channel(channelId);
  if (channel === undefined) return { send: () => Promise.resolve({ permanent: 'channel-gone' }), record };
  const taken = { delivery, channelId, step, sent: published.question };
  return {
    ...(newPost(step) === undefined ? {} : { begin: beginning(taken) }),
    send: () => courier.post({ question: taken.sent, channel, step }),
    record: recordStep(deps, taken),
  };
}

const CUT_SHORT = { send: () => Promise.resolve<Outcome>({ unknown: 'cut-short' }) };

interface Taken {
  delivery: Delivery;
  channelId: string;
  step: Step;
  sent: AnsweredQuestion;
}

const beginning =
  ({ channelId, step }: Taken): NonNullable<Attempt['begin']> =>
  (now) => {
    const published = publishedIn(now, channelId);
    const isFree = published?.publication.state !== 'uncertain' && published?.publication.begun === undefined;
    return published && isFree
      ? withPublication(published.question, begin(published.publication, step))
      : { refused: 'busy' };
  };

const recordUnsure =
  (delivery: Delivery, channelId: string): Record =>
  (now) => {
    const published = publishedIn(now, channelId);
    if (published === undefined) return done(now, delivery);
    return done(next(withPublication(published.question, unsure(published.publication))), delivery);
  };

function recordStep(deps: Deps, { delivery, channelId, step, sent }: Taken): Record {
  return (now, outcome) => {
    const published = publishedIn(now, channelId);
    if (published === undefined) return done(now, delivery);
    if ('unknown' in outcome && newPost(step)) return recordUnsure(delivery, channelId)(now, outcome);
    const { question, publication } = published;
    if ('sent' in outcome) return advance(question, delivery, posted(publication, step, outcome.sent, sent));
    const tried = usual(deps, delivery)(withPublication(question, heard(publication)), outcome) as AnsweredQuestion;
    // Curators see on their cards that it was given up.
    return stopped(tried, channelId) ? next(tried) : tried;
  };
}

function advance(question: AnsweredQuestion, delivery: Delivery, publication: Publication): Question {
  const further = withPublication(question, publication);
  if (nextStep(further, publication) !== undefined) return goOn(further, delivery);
  return done(next(withPublication(question, { ...publication, state: 'posted' })), delivery);
}
