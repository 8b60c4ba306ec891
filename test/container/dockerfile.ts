import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** One line of a Dockerfile: `COPY --from=desk a b` is the verb COPY, the flag from, and two words. */
export type Step = {
  readonly verb: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  /** What stands behind the verb and its flags, as it is written. */
  readonly text: string;
};

export type Stage = { readonly name: string; readonly from: string; readonly steps: readonly Step[] };

export type Dockerfile = { readonly args: Readonly<Record<string, string>>; readonly stages: readonly Stage[] };

/** Lines without comments; one that ends in a backslash goes on in the next. */
const linesOf = (text: string): string[] =>
  text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function stepOf(line: string): Step {
  const [, verb = '', flagged = '', text = ''] = /^([A-Z]+)\s+((?:--\S+\s+)*)(.*)$/.exec(line) ?? [];
  if (verb === '') throw new Error(`This is no step: ${line}`);
  const flags = Object.fromEntries([...flagged.matchAll(/--([\w-]+)=(\S+)/g)].map(([, name, value]) => [name, value]));
  return { verb, flags, words: text.split(/\s+/), text };
}

/** Reads as much of the language as our Dockerfile uses. */
export function readDockerfile(text = readFileSync(join(root, 'Dockerfile'), 'utf8')): Dockerfile {
  const args: Record<string, string> = {};
  const stages: (Stage & { steps: Step[] })[] = [];
  for (const step of linesOf(text).map(stepOf)) {
    const stage = stages.at(-1);
    if (step.verb === 'FROM') {
      const [from = '', , name = ''] = step.words;
      stages.push({ from: from.replaceAll(/\$\{(\w+)\}/g, (_, arg: string) => args[arg] ?? ''), name, steps: [] });
    } else if (stage) stage.steps.push(step);
    else if (step.verb === 'ARG') args[step.text.split('=')[0] ?? ''] = step.text.slice(step.text.indexOf('=') + 1);
    else throw new Error(`${step.verb} stands before any FROM`);
  }
  return { args, stages };
}

/** The command of a step in its JSON form: no shell reads it. Throws where it is in no such form. */
export const commandOf = ({ text }: Step): string[] => JSON.parse(text.replace(/^CMD /, '')) as string[];

export const stepsOf = ({ steps }: Stage, verb: string): Step[] => steps.filter((step) => step.verb === verb);

/** What an image is told of its environment. */
export const environmentOf = (stage: Stage): Record<string, string> =>
  Object.fromEntries(
    stepsOf(stage, 'ENV').flatMap(({ words }) =>
      words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
    ),
  );

/** What reaches an image: .dockerignore keeps everything out but what it names. */
export const contextOf = (text = readFileSync(join(root, '.dockerignore'), 'utf8')): string[] => {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== '*') throw new Error('.dockerignore does not begin by keeping everything out');
  return lines.slice(1).map((line) => line.replace(/^!/, ''));
};
