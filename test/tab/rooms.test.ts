import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

const root = join(import.meta.dirname, '../../tab');
const files = (readdirSync(root, { recursive: true }) as string[])
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => file.split(sep).join('/'));
const source = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Packages that the desk is made of. */
const PACKAGES = /^(react|react-dom\/client|@fluentui\/react-(components|icons)|@tanstack\/react-virtual)$/;
/** Packages that one file alone may know. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  '@microsoft/teams-js': ['host.ts', 'pages/settings/people.tsx'],
  adaptivecards: ['parts/card-draw.ts'],
  'words:languages': ['main.tsx', 'pages/settings/policy.tsx'],
};

/** What a file takes from elsewhere; `isType` where nothing of it is left in a browser. */
const imports = (file: string) =>
  [...source(file).matchAll(/^(import|export)( type)? [^;]*?from '([^']+)'/gm)].map(([, , type, from = '']) => ({
    isType: type !== undefined,
    from,
  }));

/** Files that a file imports, for types too; a page that is fetched when it is wanted is none. */
const next = (file: string): string[] =>
  imports(file).map(({ from }) => join(dirname(file), from).split(sep).join('/'));

describe('the rooms of tab/', () => {
  it('are all looked at', () => {
    assert.ok(files.length > 50);
    assert.ok(imports('me.ts').length > 1, 'imports are found');
  });

  for (const file of files) {
    it(`${file} takes nothing but types from the bot, and knows only what it may`, () => {
      for (const { isType, from } of imports(file)) {
        if (!from.startsWith('.')) {
          assert.ok(PACKAGES.test(from) || from === 'zod' || ONLY[from]?.includes(file), from);
          if (from === 'zod') assert.ok(isType, `${from} is taken along`);
        } else if (!join(root, dirname(file), from).startsWith(root + sep)) {
          assert.ok(isType, `${from} is taken along, not its types alone`);
        }
      }
    });
  }

  it('hold no style that the policy would drop, no HTML of strangers, and nothing that outlives the tab but whether keys are on', () => {
    const found = files.flatMap((file) =>
      [
        ...source(file).matchAll(
          /\bstyle=\{|dangerouslySetInnerHTML|\.innerHTML|(?:local|session)Storage|indexedDB|document\.cookie/g,
        ),
      ].map(([what]) => `${file}: ${what}`),
    );
    assert.deepEqual([...new Set(found)], ['pages/board/keys.ts: localStorage']);
  });

  it('hold no circle: no file imports itself by way of others, not for types either', () => {
    const known = new Set(files);
    const reaches = (file: string): Set<string> => {
      const reached = new Set<string>();
      const wanted = [file];
      for (let from = wanted.pop(); from !== undefined; from = wanted.pop()) {
        const fresh = next(from).filter((to) => known.has(to) && !reached.has(to));
        for (const to of fresh) reached.add(to);
        wanted.push(...fresh);
      }
      return reached;
    };
    assert.ok(reaches('main.tsx').has('words.ts'), 'the premise: paths are followed');
    assert.deepEqual(
      files.filter((file) => reaches(file).has(file)),
      [],
    );
  });

  it('keep a file in the head: none over 250 lines', () => {
    assert.deepEqual(
      files.filter((file) => source(file).split('\n').length > 250),
      [],
    );
  });
});
