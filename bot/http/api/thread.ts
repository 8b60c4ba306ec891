import { z } from 'zod';
import { type Directory, leaderOf } from '../../domain/directory.ts';
import {
  DECLINE_REASONS,
  type DeclinedQuestion,
  type Entry,
  type Question,
  type Wording,
} from '../../domain/question.ts';

/** 128 bits, base64url: ids of questions and forms. */
export const Id = z.string().regex(/^[\w-]{22}$/);
/** Far above every limit, so that the use case can say by how much a text is too long. */
export const Typed = z.string().max(100_000);
/** As many of them as there are kinds, and none that is longer. */
export const Shown = z.array(z.string().max(20)).max(20).default([]);
/** What in somebody's words may show who writes them: sent back to who wrote them, and to nobody else. */
export const Findings = z.array(
  z.strictObject({
    kind: z.enum(['email', 'phone', 'employee', 'signature', 'name', 'only']),
    words: z.string(),
  }),
);

/** How many people: a small number is `few`, and stays unsaid. */
export const People = z.union([z.int().min(0), z.literal('few')]);

export const Reason = z.enum(DECLINE_REASONS);

export const Leader = z.strictObject({ id: z.string(), name: z.string() });

export const Authorship = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('leader'), leader: z.string() }),
  z.strictObject({ by: z.literal('delegate'), leader: z.string(), delegate: z.string(), edited: z.boolean() }),
]);

/** The words of others who asked the same, each as they put it. */
export const Wordings = z.array(z.strictObject({ words: z.string(), signed: z.string().optional() })).optional();

/** Whose refusal to answer it is, and why. */
export const Declined = z.strictObject({
  reason: Reason,
  role: z.enum(['leader', 'curator']),
  words: z.string().optional(),
});

export const toDeclined = ({ reason, role, words }: DeclinedQuestion['decline']): z.input<typeof Declined> => ({
  reason,
  role,
  ...(words === undefined ? {} : { words }),
});

/** A thread, as whoever may read it sees it. */
export const Thread = z.strictObject({
  words: z.string(),
  leader: z.string(),
  topic: z.string().optional(),
  week: z.string(),
  /** Only where the asker chose to sign. */
  signed: z.string().optional(),
  /** The asker agreed to other words than those first asked. */
  edited: z.literal(true).optional(),
  wordings: Wordings,
  thread: z.array(
    z.strictObject({
      /** Its place in the thread. */
      id: z.string(),
      kind: z.enum(['ask-back', 'clarification', 'follow-up', 'reply']),
      words: z.string(),
      leader: z.string().optional(),
      /** Somebody said it who asked the same, and not who asked this. */
      another: z.literal(true).optional(),
    }),
  ),
  answer: z.strictObject({ words: z.string(), authorship: Authorship, revision: z.int() }).optional(),
});
export type Thread = z.infer<typeof Thread>;

/** Whoever is no leader any more keeps the answers that they gave, and the name under them. */
export const leaderIn = (directory: Directory, id: string): z.infer<typeof Leader> => ({
  id,
  name: leaderOf(directory, id)?.name ?? '',
});

/** The question, its answer, and those entries of the thread that this reader may see. */
export function toThread(directory: Directory, question: Question, entries: readonly Entry[]): Thread {
  const { words, week, topic, signed, edited } = question;
  const answer = question.state === 'answered' ? question.answer : undefined;
  return {
    words,
    leader: answer?.authorship.leader ?? leaderIn(directory, question.leader).name,
    week,
    ...(topic === undefined ? {} : { topic }),
    ...(signed === undefined ? {} : { signed }),
    ...(edited === undefined ? {} : { edited }),
    ...toWordings(question),
    thread: entries.map((entry, at) => ({
      id: String(at),
      kind: entry.kind,
      words: entry.words,
      ...(entry.leader === undefined ? {} : { leader: entry.leader }),
      ...(entry.of === undefined ? {} : { another: true as const }),
    })),
    ...(answer && {
      answer: { words: answer.words, authorship: answer.authorship, revision: answer.revision },
    }),
  };
}

export const toWordings = ({ wordings = [] }: Question): { wordings?: z.infer<typeof Wordings> } =>
  wordings.length === 0 ? {} : { wordings: wordings.map(toWording) };

const toWording = ({ words, signed }: Wording) => ({ words, ...(signed === undefined ? {} : { signed }) });
