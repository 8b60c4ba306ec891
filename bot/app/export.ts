import { exported, type ExportedThread, type Names, type Scope } from '../domain/exported.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { asCurator } from './authority.ts';
import type { Deps, Store } from './ports.ts';

/** In memory at once. */
const PAGE = 200;
/** Each page may take as long as a person waits for the store. */
const PAGE_MS = 2000;
/** As many lines as a sheet of Excel has. */
const MOST = 1_000_000;
/** As many as anybody prints. */
export const MOST_PRINTED = 2000;

export interface ExportWanted {
  leader?: string | undefined;
  topic?: string | undefined;
}

type Page = { questions: Question[]; next?: string | undefined };

/** Every thread, in an order that tells nothing. */
export const exportAll = (deps: Deps, actor: string, wanted: ExportWanted) =>
  exportBy(deps, actor, wanted, {
    scope: 'all',
    most: MOST,
    read: async (store, after) => {
      const questions = await store.all({ after, limit: PAGE });
      return { questions, next: questions.length < PAGE ? undefined : questions.at(-1)?.id };
    },
  });

/** The published ones, the newest first. */
export const exportPublished = (deps: Deps, actor: string, wanted: ExportWanted) =>
  exportBy(deps, actor, wanted, {
    scope: 'published',
    most: MOST_PRINTED,
    read: (store, after) => store.staged({ stage: 'published', leader: wanted.leader, after, limit: PAGE }),
  });

interface Reading {
  scope: Scope;
  most: number;
  read: (store: Store, after: string | undefined) => Promise<Page>;
}

async function exportBy(
  deps: Deps,
  actor: string,
  wanted: ExportWanted,
  reading: Reading,
): Promise<AsyncGenerator<ExportedThread> | Refusal> {
  const curator = asCurator(deps.directory(), actor);
  if (isRefusal(curator)) return curator;
  const channels = await deps.store.channels();
  const names = { directory: deps.directory(), channels: new Map(channels.map(({ id, name }) => [id, name])) };
  return threads(deps, wanted, { ...reading, names });
}

async function* threads(
  { store }: Pick<Deps, 'store'>,
  { leader, topic }: ExportWanted,
  { scope, most, read, names }: Reading & { names: Names },
): AsyncGenerator<ExportedThread> {
  let after: string | undefined;
  for (let left = most; left > 0;) {
    const page = await read(store.within(PAGE_MS), after);
    for (const question of page.questions) {
      const isWanted = (leader ?? question.leader) === question.leader && (topic ?? question.topic) === question.topic;
      const thread = isWanted ? exported(question, names, scope) : undefined;
      if (thread === undefined) continue;
      if (left === 0) return;
      left -= 1;
      yield thread;
    }
    after = page.next;
    if (after === undefined) return;
  }
}
