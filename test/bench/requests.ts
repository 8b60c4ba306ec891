import { choose, measure, rowsOf, type Subject } from './rounds.ts';
import { openSubjects } from './subjects.ts';
import { type Row, type Slice, toShare } from './table.ts';

const PACE = { rounds: 7, sliceMs: 200, warmUp: 100, lastRoundMs: 150_000 };

/** What the real sealer adds to the same use case on the same file, as a share of that and of the whole request. */
function shares(measured: Map<Subject, Slice[]>): Row[] {
  const of = (name: string) => [...measured].find(([subject]) => subject.name === name)?.[1];
  const [real, bare] = [of('ask in process'), of('ask in process, sealer that does nothing')];
  const whole = of('ask, 1 at once, auth on');
  if (!real || !bare) return [];
  const inProcess = toShare('anonymity, share of an ask in process', real, bare);
  return whole ? [inProcess, toShare('anonymity, share of an ask over HTTP', real, bare, whole)] : [inProcess];
}

/** What has this in its name, over HTTP and in this process; throws where there is nothing of the kind. */
export async function requests(folder: string, only: string): Promise<Row[]> {
  const subjects = await openSubjects(folder);
  try {
    const chosen = choose(subjects.all, only);
    if (chosen.length === 0) {
      throw new Error(
        `Nothing has "${only}" in its name. There are:\n  ${subjects.all.map(({ name }) => name).join('\n  ')}`,
      );
    }
    const measured = await measure(chosen, PACE);
    return [...rowsOf(measured), ...shares(measured)];
  } finally {
    await subjects.close();
  }
}
