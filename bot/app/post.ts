import { type Delivery, done, goOn, leaveOpen, type Outcome } from '../domain/delivery.ts';
import {
  arrived,
  begin,
  heard,
  newPost,
  nextStep,
  posted,
  postToRetract,
  setOut,
  type Step,
  unsure,
} from '../domain/posting.ts';
import { inChannel, stopped, withPublication } from '../domain/publication.ts';
import type { Publication } from '../domain/question.ts';
import { type AnsweredQuestion, next, type Question } from '../domain/question.ts';
import { type Attempt, type Record, type Sending, usual } from './attempt.ts';

interface Published {
  question: AnsweredQuestion;
  publication: Publication;
}

/** The thread in a channel. A planned one is taken up when its time has come, and is on its way from then on. */
function publishedIn(question: Question, channel: string): Published | undefined {
  if (question.state !== 'answered') return undefined;
  const publication = inChannel(question, channel);
  return publication && { question, publication: setOut(publication) };
}

/** The next step of a thread on its way to a channel. */
export async function post(deps: Sending, question: Question, channelId: string): Promise<Attempt> {
  const record = usual(deps);
  const published = publishedIn(question, channelId);
  if (!published) return { record };
  const { publication } = published;
  // While a post is uncertain, only a curator can say whether it is there.
  if (publication.state === 'uncertain') return { ...CUT_SHORT, record: leaveOpen };
  // Begun in another life, and its outcome was lost with it. What was taken out goes on: only known posts are edited.
  if (publication.begun !== undefined && publication.state !== 'retracted')
    return { ...CUT_SHORT, record: recordUnsure(channelId) };
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
    const { question, publication } = published;
    // Taken out while it was being sent: what is known to stand there is taken down at once.
    if (publication.state === 'retracted') return advance(question, taken, publication);
    return leaveOpen(next(withPublication(question, unsure(publication))), taken);
  };

function recordStep(deps: Sending, { channelId, step, sent }: Taken): Record {
  return (now, taken, outcome) => {
    const published = publishedIn(now, channelId);
    if (published === undefined) return done(now, taken);
    if ('unknown' in outcome && newPost(step)) return recordUnsure(channelId)(now, taken, outcome);
    const { question, publication } = published;
    const stands = 'sent' in outcome ? outcome.sent : goneFrom(step, outcome);
    if (stands) return advance(question, taken, posted(publication, step, stands, sent));
    const tried = usual(deps)(withPublication(question, heard(publication)), taken, outcome) as AnsweredQuestion;
    // Curators see on their cards that it was given up.
    return stopped(tried, channelId) ? next(tried) : tried;
  };
}

/** A post that somebody deleted in the channel needs no tombstone. */
const goneFrom = (step: Step, outcome: Outcome) =>
  'permanent' in outcome && outcome.permanent === '404' ? postToRetract(step) : undefined;

function advance(question: AnsweredQuestion, taken: Delivery, publication: Publication): Question {
  const further = withPublication(question, publication);
  if (nextStep(further, publication) !== undefined) return goOn(further, taken);
  return done(next(withPublication(question, arrived(publication))), taken);
}
