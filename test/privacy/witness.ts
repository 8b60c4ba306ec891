import { basename } from 'node:path';
import { type Canary, canariesOf, canaryOf, filesIn, foundIn } from '../support/canary.ts';
import type { Person } from '../support/cast.ts';
import type { Seen } from '../support/client.ts';
import type { Scene } from '../support/scene.ts';
import { rowsIn } from './rows.ts';

/** What a history leaves behind for its judge, besides what stands in files, the log and the stand-in for Teams. */
export interface Witness {
  /** What the bot answered to whom. */
  readonly answers: { to: Person; seen: Seen }[];
  /** Askers who chose to sign: from then on everybody may read their names, and nothing else of them. */
  readonly signed: Set<Person>;
  /** A word out of each text that an asker wrote, which stands in no other text. */
  readonly askersWords: string[];
  /** What the process printed meanwhile. */
  readonly printed: string[];
}

export const newWitness = (): Witness => ({ answers: [], signed: new Set(), askersWords: [], printed: [] });

type Write = typeof process.stdout.write;

/** Does something, and notes what this process prints meanwhile in place of printing it. */
export async function listening(witness: Witness, act: () => Promise<void>): Promise<void> {
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write.bind(stream));
  for (const stream of streams) stream.write = (part: unknown) => witness.printed.push(String(part)) > 0;
  try {
    await act();
  } finally {
    for (const [at, stream] of streams.entries()) stream.write = writes[at] as Write;
  }
}

type Place = [name: string, bytes: Buffer | string];

const isRole = (file: string) => basename(file) === 'directory.json';

/** The database, its log and the keys; what is logged, and what is printed. */
const atRest = (scene: Scene, { printed }: Witness): Place[] => [
  ...filesIn(scene.bot.folder)
    .filter(({ file }) => !isRole(file))
    .map(({ file, bytes }): Place => [file, bytes]),
  ['log', scene.bot.lines.join('')],
  ['print', printed.join('')],
];

/** All that reaches others than this person. */
function reachesOthers({ teams }: Scene, { answers }: Witness, person: Person): Place[] {
  const sent = teams.requests
    .filter(({ path }) => !path.includes(person.conversationId))
    .map(({ method, path, body, headers }) => `${method} ${path} ${JSON.stringify([headers, body])}`);
  const answered = answers.filter(({ to }) => to !== person).map(({ seen }) => JSON.stringify(seen));
  return [
    ['requests', sent.join('\n')],
    ['answers to others', answered.join('\n')],
  ];
}

const search = (places: Place[], canaries: Canary[]): string[] =>
  places.flatMap(([place, bytes]) => foundIn(bytes, canaries).map((name) => `${place}: ${name}`));

/** Where something tells who asked, as "place: canary of person". Nothing is what the first promise asks for. */
export function tellsWhoAsked(scene: Scene, witness: Witness, people: readonly Person[]): string[] {
  const files = atRest(scene, witness);
  return people.flatMap((person) => {
    const canaries = canariesOf(person).filter(({ name }) => !(witness.signed.has(person) && name.startsWith('name ')));
    const places = [...files, ...reachesOthers(scene, witness, person)];
    return search(places, canaries).map((leak) => `${leak} of ${person.name}`);
  });
}

/** Askers' words that no row shows any more, and that a file or the log holds nevertheless. */
export function outlivesErasure(scene: Scene, witness: Witness): string[] {
  const shown = JSON.stringify(rowsIn(scene.bot.folder).map(({ values }) => values));
  const erased = witness.askersWords.filter((word) => !shown.includes(word));
  const files = atRest(scene, witness);
  return erased.flatMap((word) => search(files, canaryOf(`erased word ${word}`, word)));
}
