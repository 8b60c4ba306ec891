import { type Delivery, done, goOn, leaveOpen, type Outcome } from '../domain/delivery.ts';
import { begin, heard, newPost, nextStep, posted, type Step, unsure } from '../domain/posting.ts';
import { stopped, withPublication } from '../domain/publication.ts';
import type { Publication } from '../domain/question.ts';
import { type AnsweredQuestion, next, type Question } from '../domain/question.ts';
import { type Attempt, type Record, type Sending, usual } from './attempt.ts';

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
export async function post(deps: Sending, question: Question, channelId: string): Promise<Attempt> {
  const record = usual(deps);
  const published = publishedIn(question, channelId);
  if (!published) return { record };
  const { publication } = published;
  // While a post is uncertain, only a curator can say whether it is there.
  if (publication.state === 'uncertain') return { ...CUT_SHORT, record: leaveOpen };
  // Begun in another life, and its outcome was lost with it.
  if (publication.begun !== undefined) return { ...CUT_SHORT, record: recordUnsure(channelId) };
  const step = nextStep(published.question, publication);
  if (step === undefined) return { record };
  const recorded = recordStep(deps, { channelId, step, sent: published.question });
  const channel = await deps.store.channel(channelId);
  if (channel === undefined) return { send: () => Promise.resolve({ permanent: 'channel-gone' }), record: recorded };
  return {
    begin: (claimed) => withPublication(claimed as AnsweredQuestion, begin(publication, step)),
    send: (go) => deps.courier.post({ question: published.question, channel, step }, go),
    record: recorded,
  };
}

const CUT_SHORT = { send: () => Promise.resolve<Outcome>({ unknown: 'cut-short' }) };

interface Taken {
  channelId: string;
  step: Step;
  sent: AnsweredQuestion;
}

const recordUnsure =
  (channelId: string): Record =>
  (now, taken) => {
    const published = publishedIn(now, channelId);
    if (published === undefined) return done(now, taken);
    return leaveOpen(next(withPublication(published.question, unsure(published.publication))), taken);
  };

function recordStep(deps: Sending, { channelId, step, sent }: Taken): Record {
  return (now, taken, outcome) => {
    const published = publishedIn(now, channelId);
    if (published === undefined) return done(now, taken);
    if ('unknown' in outcome && newPost(step)) return recordUnsure(channelId)(now, taken, outcome);
    const { question, publication } = published;
    if ('sent' in outcome) return advance(question, taken, posted(publication, step, outcome.sent, sent));
    const tried = usual(deps)(withPublication(question, heard(publication)), taken, outcome) as AnsweredQuestion;
    // Curators see on their cards that it was given up.
    return stopped(tried, channelId) ? next(tried) : tried;
  };
}

function advance(question: AnsweredQuestion, taken: Delivery, publication: Publication): Question {
  const further = withPublication(question, publication);
  if (nextStep(further, publication) !== undefined) return goOn(further, taken);
  return done(next(withPublication(question, { ...publication, state: 'posted' })), taken);
}
