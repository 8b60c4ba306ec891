import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { DirectoryFault, parseDirectory } from '../bot/directory-file.ts';
import { type LoadedDirectory, loadDirectory } from '../bot/directory.ts';
import { devi, directoryJson, ines, otto } from './support/cast.ts';
import { useFolder } from './support/folder.ts';

type Json = ReturnType<typeof directoryJson> & Record<string, unknown>;

/** The cast's directory with a change, as the text of a file. */
const text = (change: (directory: Json) => unknown = () => {}): string => {
  const directory = directoryJson() as Json;
  change(directory);
  return JSON.stringify(directory, null, 2);
};

/** The cast's directory with these topics. */
const withTopics = (...names: string[]) => text((directory) => (directory.topics = names));

const refuses = (file: string, where: RegExp) =>
  assert.throws(
    () => parseDirectory(file),
    (error: unknown) => error instanceof DirectoryFault && where.test(error.message),
    file,
  );

describe('The directory file', () => {
  it('tells who leads, drafts, curates and administers', () => {
    const directory = parseDirectory(text());
    assert.deepEqual(
      directory.leaders.map(({ name }) => name),
      [ines.name, otto.name],
    );
    assert.deepEqual(directory.leaders[0]?.delegates, [{ id: devi.aadObjectId, name: devi.name }]);
    assert.equal(directory.defaults.leader, ines.aadObjectId);
  });

  it('needs a leader only', () => {
    const { leaders, ...rest } = parseDirectory(JSON.stringify({ leaders: [{ id: 'A', name: 'Ines' }] }));
    assert.deepEqual(leaders, [{ id: 'a', name: 'Ines', delegates: [] }]);
    assert.deepEqual(rest, { curators: [], admins: [], topics: [], defaults: {} });
  });

  it('may tell how many people can ask, in all and for each leader', () => {
    const directory = parseDirectory(
      text((file) => {
        file['audience'] = 800;
        Object.assign(file.leaders[1] ?? {}, { audience: 8 });
      }),
    );
    assert.deepEqual([directory.audience, ...directory.leaders.map(({ audience }) => audience)], [800, undefined, 8]);
  });

  it('knows ids in whatever case they were copied', () => {
    const file = text(({ leaders: [leader], defaults }) => {
      if (leader) leader.id = ` ${leader.id.toUpperCase()} `;
      defaults.leader = defaults.leader.toUpperCase();
    });
    assert.equal(parseDirectory(file).leaders[0]?.id, ines.aadObjectId);
    assert.equal(parseDirectory(file).defaults.leader, ines.aadObjectId);
  });

  it('may name its schema, and begin with the mark that Windows editors write', () => {
    const directory = parseDirectory(text());
    assert.deepEqual(
      parseDirectory(`\uFEFF${text((file) => (file['$schema'] = './directory.schema.json'))}`),
      directory,
    );
  });

  const FAULTS: [string, (directory: Json) => unknown, RegExp][] = [
    [
      'a leader without a name',
      ({ leaders }) => delete (leaders[1] as { name?: string }).name,
      /^leaders\[1\]\.name: /,
    ],
    [
      'a name that is no text',
      ({ curators }) => Object.assign(curators[0] ?? {}, { name: 7 }),
      /^curators\[0\]\.name: /,
    ],
    ['an empty id', ({ admins }) => Object.assign(admins[0] ?? {}, { id: ' ' }), /^admins\[0\]\.id: /],
    [
      'a key that nobody knows',
      ({ leaders }) => Object.assign(leaders[0] ?? {}, { tile: 'x' }),
      /^leaders\[0\]: .*tile/,
    ],
    ['a section that nobody knows', (file) => (file['leader'] = []), /^the file: .*"leader"/],
    ['nobody who leads', (file) => (file.leaders = []), /^leaders: /],
    [
      'a delegate without an id',
      ({ leaders }) => Object.assign(leaders[0] ?? {}, { delegates: [{ name: 'Devi' }] }),
      /^leaders\[0\]\.delegates\[0\]\.id: /,
    ],
    [
      'a leader who stands there twice',
      ({ leaders }) => leaders.push(...leaders),
      new RegExp(`^leaders: ${ines.aadObjectId}.*twice`),
    ],
    [
      'a default leader who is none',
      ({ defaults }) => (defaults.leader = devi.aadObjectId),
      /^defaults\.leader: .*not one of the leaders/,
    ],
    ['an audience of nobody', (file) => (file['audience'] = 0), /^audience: /],
    ['an audience that is no number', (file) => (file['audience'] = '12'), /^audience: /],
    [
      'half a person in a leader’s audience',
      ({ leaders }) => Object.assign(leaders[0] ?? {}, { audience: 9.5 }),
      /^leaders\[0\]\.audience: /,
    ],
    ['a blank topic', ({ topics }) => topics.push('  '), /^topics\[3\]: /],
  ];
  for (const [fault, change, where] of FAULTS)
    it(`is refused with ${fault}, and the message names the key`, () => refuses(text(change), where));

  it('is refused with every fault at once', () => {
    const file = text((directory) => Object.assign(directory, { topics: 1, admins: 2, curators: 3 }));
    refuses(file, /topics: [^]*admins: |admins: [^]*topics: /);
    refuses(file, /curators: /);
  });

  for (const [file, kind] of [
    ['[]', 'array'],
    ['null', 'null'],
    ['7', 'number'],
    ['{}', 'object'],
  ] as const)
    it(`is refused where it holds a mere ${kind}`, () => refuses(file, /the file|leaders/));

  it('gives nobody a role by a prototype', () => {
    const file = text().replace('{', '{"__proto__":{"admins":[{"id":"x","name":"Mallory"}]},');
    refuses(file, /^the file: .*__proto__/);
    refuses('{"__proto__":{"leaders":[{"id":"x","name":"Mallory"}]}}', /leaders/);
    assert.equal(({} as Record<string, unknown>)['admins'], undefined);
  });

  const lines = ['{', '  "leaders": [', '    {"id": "a", "name": "Ines"}', '  ],', '  "topics": ["Pay"]', '}'];
  const broken = (line: number, wrong: string): string =>
    lines.map((right, at) => (at === line - 1 ? wrong : right)).join('\n');
  const BROKEN: [string, number, string][] = [
    ['a word without quotes', 3, '    {"id": a, "name": "Ines"}'],
    ['a quote too few', 3, '    {"id": "a, "name": "Ines"}'],
    ['a comma too many', 5, '  "topics": ["Pay",]'],
    ['a single quote', 3, `    {'id': "a", "name": "Ines"}`],
    ['a comment', 2, '  // who leads\n "leaders": ['],
    ['a tab in a text', 5, '  "topics": ["P\ty"]'],
    ['a mark that no text may escape', 5, '  "topics": ["P\\y"]'],
    ['a bracket of the wrong kind', 4, '  },'],
    ['more behind its end', 6, '} }'],
  ];
  for (const [what, line, wrong] of BROKEN)
    it(`names line ${line} where there is ${what}`, () =>
      refuses(broken(line, wrong), new RegExp(`^line ${line}: .*not JSON`)));

  it('names the line after the one that lacks a comma, and tells to look before it', () =>
    refuses(broken(4, '  ]'), /^line 5: .*just before/));

  it('names the last line of a file that was cut off', () => refuses(lines.slice(0, 4).join('\n'), /^line 4: /));

  it('is found faulty at once, however long it is', () => {
    const topics = Array.from({ length: 20_000 }, () => '"Pay",').join('\n');
    const began = performance.now();
    refuses(`{"topics": [\n${topics}\nnone]}`, /^line 20002: /);
    assert.ok(performance.now() - began < 1000);
  });
});

const INTERVAL_MS = 50;

describe('A loaded directory', () => {
  const folder = useFolder();
  const file = () => folder.file('directory.json');
  const heard: (string | undefined)[] = [];
  let loaded: LoadedDirectory;
  beforeEach(() => {
    heard.length = 0;
    writeFileSync(file(), text());
    loaded = loadDirectory(file(), (fault) => void heard.push(fault?.message), INTERVAL_MS);
  });
  afterEach(() => loaded.stop());

  const topics = () => loaded.now().topics;
  /** Waits, bounded, for the next look at the file. */
  const changed = async () => {
    const before = heard.length;
    for (let turn = 0; turn < 300 && heard.length === before; turn += 1) await new Promise((go) => setTimeout(go, 10));
    assert.equal(heard.length, before + 1, 'Nothing was heard of the change, or more than once');
    return heard.at(-1);
  };

  it('follows its file, and keeps the last good one while that is broken or gone', async () => {
    writeFileSync(file(), withTopics('New'));
    assert.equal(await changed(), undefined);
    assert.deepEqual(topics(), ['New']);

    writeFileSync(file(), '{\n"topics": nothing\n}');
    assert.match((await changed()) ?? '', /directory\.json\nline 2: /);
    assert.deepEqual(topics(), ['New']);

    rmSync(file());
    assert.match((await changed()) ?? '', /cannot be read/);
    assert.deepEqual(topics(), ['New']);

    // As editors save, and as mounted volumes change: another file takes the place.
    writeFileSync(folder.file('draft'), withTopics('Newest'));
    renameSync(folder.file('draft'), file());
    assert.equal(await changed(), undefined);
    assert.deepEqual(topics(), ['Newest']);
  });

  it('is not changed by what was read from it before', () => {
    const before = loaded.now();
    assert.equal(loaded.now(), before);
  });

  it('is refused at the start where there is none, with the name of the setting and of the file', () => {
    const missing = folder.file('missing.json');
    assert.throws(
      () => loadDirectory(missing, () => {}),
      (error: unknown) =>
        error instanceof DirectoryFault &&
        /^DIRECTORY_FILE .*cannot be read/.test(error.message) &&
        error.message.includes(missing),
    );
  });

  it('stops looking when it is told to', async () => {
    loaded.stop();
    writeFileSync(file(), withTopics('Unseen'));
    await new Promise((go) => setTimeout(go, 3 * INTERVAL_MS));
    assert.deepEqual(heard, []);
    assert.notDeepEqual(topics(), ['Unseen']);
  });
});
