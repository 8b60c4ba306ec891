import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const inFolder = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

const GUIDES = inFolder('docs');
const ALL = [...inFolder('.'), ...inFolder('infra'), ...GUIDES];

/** What is written as code is no link, and no heading either. */
const withoutCode = (text: string): string => text.replaceAll(/^```[^]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');

/** The anchors that a page has on GitHub: of each heading without its marks, a number behind those that come again. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)) {
    const plain = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '');
    const anchor = plain.trim().replaceAll(' ', '-');
    let [name, nth] = [anchor, 0];
    while (anchors.has(name)) name = `${anchor}-${(nth += 1)}`;
    anchors.add(name);
  }
  return anchors;
}

type Link = { readonly from: string; readonly to: string; readonly anchor: string };

const linksOf = (from: string): Link[] =>
  [...withoutCode(read(from)).matchAll(/\]\(([^)\s#]*)(?:#([^)\s]+))?\)/g)]
    .filter(([, to = '']) => !/^[a-z]+:/.test(to))
    .map(([, to = '', anchor = '']) => ({ from, to: to === '' ? from : join(dirname(from), to), anchor }));

const leadsNowhere = ({ to, anchor }: Link): boolean =>
  !existsSync(join(root, to)) || (anchor !== '' && !(to.endsWith('.md') && anchorsOf(read(to)).has(anchor)));

/** Every text of the sources in which a message can stand, with blanks as the person sees them. */
function spoken(): string {
  const sources = ['bot', 'manifest', 'tab', 'infra'].flatMap((folder) =>
    (readdirSync(join(root, folder), { recursive: true }) as string[])
      .filter((file) => /\.(ts|mjs)$/.test(file))
      .map((file) => read(join(folder, file))),
  );
  const words = JSON.stringify(JSON.parse(read('cards/words.en.json'))).replaceAll(String.raw`\"`, '"');
  return [...sources, words].join('\n');
}

describe('the guides', () => {
  it('are there for whoever begins: admins, leaders, comms', () =>
    assert.deepEqual(GUIDES.toSorted(), ['docs/admin.md', 'docs/comms.md', 'docs/leaders.md']));

  for (const file of ALL)
    it(`${file} leads nowhere that is not there`, () => {
      const lost = linksOf(file).filter(leadsNowhere);
      assert.deepEqual(
        lost.map(({ to, anchor }) => `${to}#${anchor}`),
        [],
      );
    });

  it('would notice a heading that was renamed, and a file that is gone', () => {
    const from = 'docs/admin.md';
    assert.ok(leadsNowhere({ from, to: from, anchor: 'no-such-heading' }));
    assert.ok(leadsNowhere({ from, to: 'docs/no-such-file.md', anchor: '' }));
    assert.ok(ALL.flatMap(linksOf).filter(({ anchor }) => anchor !== '').length > 10, 'The premise: anchors are found');
  });

  it('name only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...GUIDES, 'SECURITY.md', 'CHANGELOG.md'].flatMap((file) =>
      [...read(file).matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name = '']) => name),
    );
    assert.ok(named.includes('package') && named.includes('start'), 'The premise');
    assert.deepEqual(
      named.filter((name) => name !== 'ci' && scripts[name] === undefined),
      [],
    );
  });

  it('name only settings that .env.example explains', () => {
    const lines = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)];
    // The first is Node's own, which the bot looks at as well.
    const explained = new Set(['NODE_ENV', ...lines.map(([, name = '']) => name)]);
    const named = [...GUIDES, 'SECURITY.md', 'CHANGELOG.md'].flatMap((file) => [
      ...[...read(file).matchAll(/`([A-Z]+(?:_[A-Z]+)*)(?:=[^`]*)?`/g)].map(([, name = '']) => name),
      ...[...read(file).matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name),
    ]);
    assert.ok(named.length > 10, 'The premise: settings are found');
    assert.deepEqual(
      named.filter((name) => !explained.has(name)),
      [],
    );
  });

  it('quote for each symptom what the bot, the desk or a command really says', () => {
    const [, troubles = ''] = read('docs/admin.md').split('## When something does not work');
    const quoted = [...(troubles.split(/^## /m)[0] ?? '').matchAll(/^> (.+)$/gm)].map(([, words = '']) => words);
    assert.ok(quoted.length > 25, 'The premise: symptoms are found');
    const said = spoken();
    const unknown = quoted.filter((words) => !words.split('…').every((part) => said.includes(part.trim())));
    assert.deepEqual(unknown, []);
    assert.ok(!said.includes('The bot is tired today.'), 'The premise: not everything is said');
  });

  it('have pictures that are small, shown, and told to whoever does not see them', () => {
    const shown = GUIDES.flatMap((from) =>
      [...read(from).matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, told = '', to = '']) => {
        assert.ok(told.length > 15, `${from}: ${to} is not told`);
        return join(dirname(from), to);
      }),
    );
    const there = readdirSync(join(root, 'docs/pictures')).map((name) => join('docs/pictures', name));
    assert.deepEqual([...new Set(shown)].toSorted(), there.toSorted());
    assert.deepEqual(
      there.filter((file) => statSync(join(root, file)).size > 150_000).map((file) => relative('docs', file)),
      [],
    );
  });

  it('promise nothing that cannot be kept', () => {
    const absolute = /\b(untraceable|completely anonymous|fully anonymous|guarantee[sd]?|100 ?%)/i;
    for (const file of GUIDES) {
      // What one must never say is quoted as such.
      const own = read(file).replaceAll(/"[^"]*"/g, '');
      assert.doesNotMatch(own, absolute, file);
    }
  });
});
