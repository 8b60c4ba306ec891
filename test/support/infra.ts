import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bicep, type Declared, readBicep } from './bicep.ts';

const root = join(import.meta.dirname, '../..');

/** What sets Azure up, by its path. */
export type Files = ReadonlyMap<string, string>;

/** Says what is wrong; nothing where nothing is. */
export type Rule = (files: Files) => string[];

export function readInfra(): Files {
  // Not the folders, which hold what runs on the machine of the bot.
  const files = readdirSync(join(root, 'infra'), { withFileTypes: true }).filter((entry) => entry.isFile());
  const infra = files.map(({ name }) => `infra/${name}`);
  return new Map(['azure.yaml', ...infra].map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

export const textOf = (files: Files, path: string): string => {
  const text = files.get(path);
  assert.ok(text !== undefined, `the premise: ${path} is there`);
  return text;
};

const known = new Map<string, Bicep>();

/** Every Bicep file, by its name. */
export function bicepOf(files: Files): Map<string, Bicep> {
  const own = [...files].filter(([path]) => path.endsWith('.bicep'));
  return new Map(
    own.map(([path, text]) => {
      const read = known.get(text) ?? readBicep(text);
      known.set(text, read);
      return [path.slice('infra/'.length), read];
    }),
  );
}

/** Every declaration, with its file. */
export const declaredIn = (files: Files): (Declared & { file: string })[] =>
  [...bicepOf(files)].flatMap(([file, { declared }]) => declared.map((one) => ({ ...one, file })));

export const resourceOf = (files: Files, type: string): Declared => {
  const found = declaredIn(files).find(({ of, isExisting }) => of.startsWith(`${type}@`) && !isExisting);
  assert.ok(found, `the premise: there is a ${type}`);
  return found;
};

/** A slip that somebody may make: in which file, what, and what stands there instead. */
export type Slip = readonly [what: string, file: string, from: string, to: string];

/** The rule holds of the files as they are, and objects to each slip. */
export function holds(name: string, rule: Rule, slips: readonly Slip[]): void {
  it(name, () => assert.deepEqual(rule(readInfra()), []));
  for (const [what, file, from, to] of slips)
    it(`objects to ${what}`, () => {
      const files = readInfra();
      const text = textOf(files, file);
      assert.ok(text.includes(from), `the premise: ${file} has ${from}`);
      assert.notDeepEqual(rule(new Map([...files, [file, text.replace(from, () => to)]])), []);
    });
}
