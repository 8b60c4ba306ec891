import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commands } from '../bot/teams/commands.ts';
import { type Command, speak, wordFor } from '../bot/cards/say.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const contributing = read('CONTRIBUTING.md');
const readme = read('README.md');
const { scripts, dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
  string,
  Record<string, string>
>;

describe('the documents', () => {
  it('CONTRIBUTING has a line for every file of bot/, and names none that is gone', () => {
    const tree = contributing.split('```')[1] ?? '';
    const named = [...tree.matchAll(/\b([a-z-]+\.ts)\b/g)].map((match) => match[1] ?? '');
    const files = (readdirSync(join(root, 'bot'), { recursive: true }) as string[])
      .filter((file) => file.endsWith('.ts'))
      .map((file) => basename(file));
    assert.deepEqual(
      named.toSorted((a, b) => a.localeCompare(b)),
      files.toSorted(),
    );
  });

  it('CONTRIBUTING gives every dependency a reason', () => {
    const table = contributing.slice(contributing.indexOf('## Dependencies'));
    const all = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    assert.ok(all.length > 10, 'the premise');
    const named = new Set(
      [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap((match) => (match[1] ?? '').trim().split(', ')),
    );
    assert.deepEqual(
      all.filter((name) => !named.has(name)),
      [],
    );
    assert.deepEqual(
      [...named].filter((name) => !all.includes(name) && !/^(package|-+)$/.test(name)),
      [],
    );
  });

  it('name only scripts and files that exist', () => {
    for (const text of [readme, contributing]) {
      const run = [...text.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? '');
      assert.deepEqual(
        run.filter((script) => scripts?.[script] === undefined),
        [],
      );
      const links = [...text.matchAll(/\]\(([^)#]+)\)/g)]
        .map((match) => match[1] ?? '')
        .filter((link) => !link.startsWith('http'));
      assert.ok(links.length > 0 || text === contributing);
      assert.deepEqual(
        links.filter((link) => !existsSync(join(root, link))),
        [],
      );
    }
  });

  for (const [file, language] of [
    ['index.html', 'en'],
    ['index.de.html', 'de'],
  ] as const)
    it(`tab/${file} names words that the bot understands, as its cards do in that language`, () => {
      const named = [...read(`tab/${file}`).matchAll(/<dt>([^<]+)<\/dt>/g)].map(([, word = '']) => word);
      assert.ok(named.length > 4, 'the premise');
      const known = new Set((Object.keys(commands) as Command[]).map((one) => wordFor(speak(language), one)));
      assert.deepEqual(
        named.filter((word) => !known.has(word)),
        [],
      );
    });

  it('the German words of the manifest are those that the bot names on its cards', () => {
    const german = JSON.parse(read('manifest/de.json')) as Record<string, string>;
    const titles = Object.entries(german).flatMap(([key, word]) =>
      /commandLists\[0\]\.commands\[\d+\]\.title$/.test(key) ? [word] : [],
    );
    const words = (Object.keys(commands) as Command[]).map((one) => wordFor(speak('de'), one));
    assert.deepEqual(titles.toSorted(), words.toSorted());
  });

  it('the README lists the words that can be typed, and so does the manifest', () => {
    const words = (Object.keys(commands) as Command[]).map((one) => wordFor(speak('en'), one)).toSorted();
    const paragraph = /What to type in the chat:([^]*?)\n\n/.exec(readme)?.[1] ?? '';
    const listed = [...paragraph.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
    assert.deepEqual(listed.toSorted(), words);
    const manifest = JSON.parse(read('manifest/manifest.json')) as {
      bots: { commandLists: { scopes: string[]; commands: { title: string }[] }[] }[];
    };
    const personal = manifest.bots[0]?.commandLists.find((list) => list.scopes.includes('personal'));
    assert.deepEqual(personal?.commands.map(({ title }) => title.toLowerCase()).toSorted(), words);
  });
});
