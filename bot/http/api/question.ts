import { z } from 'zod';
import { asComms } from '../../app/authority.ts';
import { claim, claimsNow, release } from '../../app/claim.ts';
import type { Channel, Deps } from '../../app/ports.ts';
import { render } from '../../cards/cards.ts';
import { wholePost } from '../../cards/reader.ts';
import { speak } from '../../cards/say.ts';
import { DEEDS } from '../../domain/deeds.ts';
import { toFew } from '../../domain/few.ts';
import { historyOf } from '../../domain/history.ts';
import { notAnswered, type Question } from '../../domain/question.ts';
import { wentOn } from '../../domain/publication.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { stageOf } from '../../domain/stage.ts';
import { Claim, COMMS, promised, Stage, toClaim } from './board.ts';
import { NOTHING, route } from './route.ts';
import { Declined, Id, leaderIn, People, Thread, toDeclined, toThread } from './thread.ts';

/** A question, as comms see it. */
export const QuestionPage = Thread.extend({
  question: Id,
  /** Nothing where it stands on no column: it was taken back. */
  stage: Stage.optional(),
  leaderId: z.string(),
  votes: People,
  isOverdue: z.boolean(),
  promise: z.string().optional(),
  declined: Declined.optional(),
  aside: z.strictObject({ by: z.string(), reason: z.string() }).optional(),
  /** Something was said since a curator last agreed to publish it. */
  wentOn: z.boolean(),
  history: z.array(
    z.strictObject({
      week: z.string(),
      role: z.enum(['asker', 'leader', 'delegate', 'curator', 'comms', 'bot']),
      did: z.enum(DEEDS),
      /** By name. */
      channels: z.array(z.string()).optional(),
    }),
  ),
  claim: Claim.optional(),
});
export type QuestionPage = z.infer<typeof QuestionPage>;

const ONE = z.strictObject({ id: Id });

/** Who reads the whole of a question: whoever curates or administers. */
async function found(deps: Deps, actor: string, id: string): Promise<Question | Refusal> {
  const person = asComms(deps.directory(), actor);
  if (isRefusal(person)) return person;
  return (await deps.store.question(id))?.question ?? { refused: 'not-found' };
}

const showQuestion = route({
  method: 'get',
  path: '/api/questions/:id',
  may: COMMS,
  input: ONE,
  output: QuestionPage,
  async act({ deps, caller }, { id }) {
    const question = await found(deps, caller.id, id);
    if (isRefusal(question)) return question;
    const [channels, claims] = await Promise.all([deps.store.channels(), claimsNow(deps)]);
    const claimed = claims.get(id);
    return {
      ...toThread(deps.directory(), question, question.thread),
      ...standing(deps, question),
      history: historyIn(question, channels),
      ...(claimed === undefined ? {} : { claim: toClaim(claimed, caller.id) }),
    };
  },
});

function standing(deps: Deps, question: Question) {
  const stage = stageOf(question);
  const declined = question.state === 'declined' ? question.decline : undefined;
  const aside = question.state === 'answered' ? question.notNow : undefined;
  return {
    question: question.id,
    ...(stage === undefined ? {} : { stage }),
    leaderId: leaderIn(deps.directory(), question.leader).id,
    votes: toFew(question.votes),
    ...promised(deps, question),
    ...(declined && {
      declined: toDeclined(declined),
    }),
    ...(aside && { aside: { by: aside.by, reason: aside.reason } }),
    wentOn: question.state === 'answered' && wentOn(question),
  };
}

const historyIn = (question: Question, known: readonly Channel[]) =>
  historyOf(question).map(({ week, role, did, channels }) => {
    const names = channels?.map((id) => known.find((channel) => channel.id === id)?.name ?? '');
    return { week, role, did, ...(names === undefined ? {} : { channels: names }) };
  });

const previewPost = route({
  method: 'get',
  path: '/api/questions/:id/post',
  may: COMMS,
  input: ONE,
  output: z.strictObject({ cards: z.array(z.record(z.string(), z.unknown())) }),
  async act({ deps, caller }, { id }) {
    const question = await found(deps, caller.id, id);
    if (isRefusal(question)) return question;
    if (question.state !== 'answered') return notAnswered(question);
    return { cards: wholePost(speak(deps.policy().language), deps.directory(), question).map(render) };
  },
});

const claimQuestion = route({
  method: 'post',
  path: '/api/questions/:id/claim',
  may: ['curator'],
  /** `over`: from whoever has it, openly. */
  input: ONE.extend({ over: z.boolean().optional() }),
  output: NOTHING,
  act: async ({ deps, caller }, { id, over }) => (await claim(deps, caller.id, { question: id, over })) ?? {},
});

const releaseQuestion = route({
  method: 'post',
  path: '/api/questions/:id/release',
  may: ['curator'],
  input: ONE,
  output: NOTHING,
  act: async ({ deps, caller }, { id }) => (await release(deps, caller.id, id)) ?? {},
});

export const questionRoutes = [showQuestion, previewPost, claimQuestion, releaseQuestion] as const;
