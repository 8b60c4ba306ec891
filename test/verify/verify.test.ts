import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { writeDirectory } from '../../bot/directory-file.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { settingsOf } from '../store/contract-settings.ts';
import { directoryJson, ines, kofi, lena, noor, omar, type Person } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';
import { openScene } from '../support/scene.ts';
import { KINDS } from './explain.ts';
import { formsOf } from './forms.ts';
import { type Files, filesIn, keep, listIn, look, run, runMeanwhile, runWith } from './installation.ts';

const lineOf = (person: Person): string =>
  [person.name, person.id, person.aadObjectId, person.email, person.conversationId].join('; ');
const LIST = [lineOf(noor), lineOf(omar)];
const WORDS = 'Xylophagous lifts, why are they broken?';

/** Sizes differ from run to run. */
const tidy = (line: string): string => line.replace(/\d[\d,]*/g, '0').replace(/ +…$/, '');

const leftBehind = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('forthright-verify-'));

/** Noor asked twice, Omar voted, Ines answered, Kofi published; then these are the files. Each test has its own copy. */
describe('npm run verify', function () {
  this.timeout(20_000);
  const folder = useFolder();
  let files: Files;
  const list = (...lines: string[]) => listIn(folder.path, lines.length > 0 ? lines : LIST);

  let original = '';
  before(async () => {
    original = mkdtempSync(join(tmpdir(), 'forthright-installation-'));
    const scene = await openScene({ meets: ['noor', 'ines', 'kofi', 'omar'] });
    try {
      const card = await scene.asked(WORDS);
      await scene.omar.press(await scene.command(scene.omar, 'questions'), 'I’d ask this too');
      await scene.answered(card, 'The part is on its way.');
      await scene.kofi.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
      await scene.asked('Will it be mended this year?');
      await scene.settled();
      keep(scene, original);
    } finally {
      await scene.close();
    }
  });
  after(() => rmSync(original, { recursive: true, force: true }));
  beforeEach(() => {
    cpSync(original, folder.path, { recursive: true });
    files = filesIn(folder.path);
  });

  const FIRST = 'WHERE id = (SELECT min(id) FROM questions)';
  /** Changes the copy through SQLite, and lets it come to rest. */
  const change = (sql: string, ...values: string[]) => {
    const db = new DatabaseSync(join(files.data, 'forthright.db'));
    db.prepare(sql).run(...values);
    db.close();
  };

  it('a clean installation ends with 0, and each kind of record is explained', () => {
    const { code, report, complaint } = run(files, list());
    assert.deepEqual([code, complaint], [0, '']);
    assert.match(report, /CLEAN\. In 5 files, none of the 2 people listed occurs/);
    assert.match(report, /questions: 2 rows\n/);
    assert.match(report, /votes: 1 row\n/);
    assert.match(report, /Codes: listening-local \(1\)/);
    assert.match(report, /rows can be linked:[^]*questions\.id = votes\.question/);
    assert.doesNotMatch(report, /Unknown to this program/);
  });

  it('the report shows no words, no names, no secrets and no ids', () => {
    const { report } = look(files, list());
    const { lasting } = JSON.parse(readFileSync(files.keys, 'utf8')) as { lasting: string };
    const hidden = [WORDS, 'The part is on its way', noor.name, ines.name, ines.aadObjectId, lasting];
    assert.deepEqual(
      hidden.filter((text) => report.includes(text)),
      [],
    );
  });

  it('says what PRIVACY.md shows of it, line by line', () => {
    const privacy = readFileSync(join(import.meta.dirname, '../../PRIVACY.md'), 'utf8');
    const shown = (/^```\n([^]*?)^```/m.exec(privacy)?.[1] ?? '')
      .split('\n')
      .slice(1)
      .filter((line) => line && line !== '…');
    assert.ok(shown.length > 10, 'the premise');
    const said = look(files, list(...LIST, lineOf(ines)))
      .report.split('\n')
      .map(tidy);
    assert.deepEqual(
      shown.map(tidy).filter((line) => !said.some((one) => one.startsWith(line))),
      [],
    );
  });

  it('every table of the database is explained, and no other', () => {
    const db = new DatabaseSync(join(files.data, 'forthright.db'), { readOnly: true });
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    db.close();
    assert.deepEqual(tables.map(({ name }) => String(name)).toSorted(), Object.keys(KINDS).toSorted());
  });

  it('a table that nobody explained is called unknown', () => {
    change('CREATE TABLE telling (who TEXT)');
    assert.match(look(files, list()).report, /telling: 0 rows\n {2}Unknown to this program/);
  });

  for (const [what, place] of Object.entries({
    'the database': () => join(files.data, 'forthright.db'),
    'the write-ahead log': () => join(files.data, 'forthright.db-wal'),
    'the shared memory file': () => join(files.data, 'forthright.db-shm'),
    'a file left in the data folder': () => join(files.data, 'left-over.tmp'),
    'the key file': () => files.keys,
    'the log': () => files.log,
  }))
    it(`a name in ${what} is found, in every form, by file and byte`, () => {
      const before = existsSync(place()) ? statSync(place()).size : 0;
      const forms = formsOf('Zoë Quillamor');
      for (const { bytes } of forms) appendFileSync(place(), Buffer.concat([bytes, Buffer.from([0, 0])]));
      const { code, report } = run(files, list(lineOf(omar), 'Zoë Quillamor'));
      assert.equal(code, 1);
      assert.match(report, /A NAME WAS FOUND/);
      const first = `at byte ${before.toLocaleString('en')}: line 2 of the list, as plain`;
      assert.ok(report.includes(first), report.slice(report.indexOf('Whether a name')));
      // One that follows another can look like a third.
      assert.ok(Number(/FOUND, (\d+) times/.exec(report)?.[1]) >= forms.length);
    });

  it('each form alone is found', () => {
    const names = list();
    for (const { form, bytes } of [...formsOf(noor.aadObjectId), ...formsOf(noor.name)]) {
      writeFileSync(files.log, Buffer.concat([Buffer.from('{"level":"info"}\n\u0001'), bytes]));
      const { clean, report } = look(files, names);
      assert.equal(clean, false, form);
      assert.ok(report.includes(`at byte 18: line 1 of the list, as ${form}`), form);
    }
  });

  it('a name that stands in a row is found with its field, also across two pages', () => {
    // Pages hold 1,020 bytes of a long row: some of these names stand across a seam, in no file in one piece.
    const names = Array.from({ length: 400 }, (_, n) => `Somebody No${String(n).padStart(4, '0')}`);
    const words = JSON.stringify({ words: names.join(' ') });
    change(`UPDATE questions SET doc = ? ${FIRST}`, words);
    const { clean, report } = look(files, list(...names));
    assert.equal(clean, false);
    assert.match(report, /FOUND in questions\.doc\.words: line 1 of the list/);
    assert.match(report, /forthright\.db: FOUND, 400 times/);
  });

  it('a name that was erased without care, across two pages, is found in the raw bytes alone', () => {
    const names = Array.from({ length: 400 }, (_, n) => `Somebody No${String(n).padStart(4, '0')}`);
    change(`UPDATE questions SET doc = ? ${FIRST}`, JSON.stringify({ words: names.join(' ') }));
    const db = new DatabaseSync(join(files.data, 'forthright.db'));
    db.exec('PRAGMA secure_delete = OFF; DELETE FROM questions');
    db.close();
    const { clean, report } = look(files, list(...names));
    assert.equal(clean, false);
    // SQLite writes to the first bytes of a freed page, and so may spoil one name in it.
    const found = Number(/forthright\.db: FOUND, (\d+) times/.exec(report)?.[1]);
    assert.ok(found > 300, `${found}`);
    assert.match(report, /as SQLite reads it\n-+\nnone of them/);
  });

  it('a name that somebody signed with is found, and said to be a signature', () => {
    change(`UPDATE questions SET doc = json_set(doc, '$.signed', ?) ${FIRST}`, noor.name);
    const { clean, report } = look(files, list());
    assert.equal(clean, false);
    assert.match(report, /FOUND in questions\.doc\.signed: line 1 of the list/);
    assert.match(report, /chose to sign/);
  });

  it('people with roles stand in the database by design, and are no findings', () => {
    const { clean, report } = look(files, list(...LIST, lineOf(ines), kofi.name));
    assert.equal(clean, true);
    assert.match(report, /With a role: 1 leader, 1 curator/);
    assert.match(report, /people with roles, by design: \d+ times/);
  });

  it('people whom an admin gave a role in the desk are no findings by the file that the desk exports', async () => {
    const store = openSqlite(join(files.data, 'forthright.db'));
    const { settings, entry } = settingsOf(1);
    const curators = [...settings.directory.curators, { id: lena.aadObjectId, name: lena.name }];
    const directory = { ...settings.directory, curators };
    await store.saveSettings({ settings: { ...settings, directory }, entry }, 0);
    await store.close();
    const before = look(files, list(lineOf(lena)));
    assert.equal(before.clean, false, 'the premise: the file of before does not name her');
    assert.match(before.report, /`--directory`\s+the\s+file\s+that\s+the\s+desk\s+exports/);
    writeFileSync(files.directory, writeDirectory(directory));
    assert.equal(look(files, list(lineOf(lena))).clean, true);
  });

  it('people with roles in the key file or the log are findings', () => {
    for (const place of [files.keys, files.log]) {
      const before = readFileSync(place);
      appendFileSync(place, ines.name);
      const { clean, report } = look(files, list(lineOf(ines)));
      assert.equal(clean, false);
      assert.match(report, /line 1 of the list \(leader\), as plain/);
      writeFileSync(place, before);
    }
  });

  it('without the directory file, people with roles are findings', () => {
    const { clean, report } = look(files, list(ines.name, ines.aadObjectId), { withDirectory: false });
    assert.equal(clean, false);
    assert.match(report, /No directory file was given/);
  });

  it('a key file that others may read is told', () => {
    chmodSync(files.keys, 0o644);
    assert.match(look(files, list()).report, /WARNING: other accounts/);
  });

  it('a precise time is told, with its field', () => {
    change("UPDATE questions SET doc = json_set(doc, '$.askedAt', 1793000000000)");
    assert.match(look(files, list()).report, /Precise times:[^]*questions\.doc\.askedAt[^]*rows can be linked/);
  });

  const MISSING: Record<string, () => [Files, string]> = {
    'the data folder': () => [{ ...files, data: join(folder.path, 'nowhere') }, list()],
    'the database': () => [(rmSync(join(files.data, 'forthright.db')), files), list()],
    'the key file': () => [{ ...files, keys: join(folder.path, 'nowhere') }, list()],
    'the log': () => [{ ...files, log: join(folder.path, 'nowhere') }, list()],
    'the list': () => [files, join(folder.path, 'nowhere')],
    'the directory file': () => [{ ...files, directory: join(folder.path, 'nowhere') }, list()],
  };
  for (const [what, without] of Object.entries(MISSING))
    it(`without ${what} it ends with 2, and says what to give`, () => {
      const { code, report, complaint } = run(...without());
      assert.deepEqual([code, report], [2, '']);
      assert.match(complaint, /nowhere|forthright\.db/);
      assert.match(complaint, /Nothing was proven\./);
    });

  it('an empty list, a text too short to mean anything and a list of nothing but blanks end with 2', () => {
    assert.match(run(files, list('')).complaint, /is empty/);
    const short = run(files, list(noor.name, 'Omar'));
    assert.equal(short.code, 2);
    assert.match(short.complaint, /in line 2\./);
  });

  it('a damaged database, a directory file that cannot be read and missing or unknown options end with 2', () => {
    writeFileSync(files.directory, '{');
    assert.match(run(files, list()).complaint, /cannot be understood/);
    writeFileSync(files.directory, JSON.stringify(directoryJson()));
    for (const args of [[], ['--data', files.data], ['--nonsense', 'x']]) {
      const { code, complaint } = runWith(args);
      assert.equal(code, 2);
      assert.match(complaint, /npm run verify -- --data FOLDER/);
    }
    const database = join(files.data, 'forthright.db');
    writeFileSync(database, 'This is no database, and never was. '.repeat(200));
    const { code, complaint } = run(files, list());
    assert.equal(code, 2);
    assert.match(complaint, /cannot be read by SQLite|is damaged/);
  });

  it('reads a database that is written meanwhile, changes nothing, and leaves no copy behind', async () => {
    const before = leftBehind();
    const db = new DatabaseSync(join(files.data, 'forthright.db'));
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF');
    const insert = db.prepare('INSERT INTO greetings (tag) VALUES (hex(randomblob(16)))');
    let ended = false;
    const running = runMeanwhile(files, list()).finally(() => (ended = true));
    let rows = 0;
    for (; !ended; rows += 20) {
      for (let n = 0; n < 20; n += 1) insert.run();
      if (rows % 200 === 0) db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      await new Promise((resolve) => setImmediate(resolve));
    }
    db.close();
    const { code, report, complaint } = await running;
    assert.deepEqual([code, complaint], [0, ''], report);
    assert.ok(rows > 100, 'the premise: it was written meanwhile');
    assert.deepEqual(leftBehind(), before);
  });

  it('leaves database and log as they were, byte for byte', () => {
    const all = () => readdirSync(files.data).map((name) => [name, readFileSync(join(files.data, name), 'base64')]);
    const before = all();
    look(files, list());
    assert.deepEqual(all(), before);
  });
});

describe('the independence of npm run verify', () => {
  it('it imports nothing but Node itself and its own files', () => {
    const sources = readdirSync(import.meta.dirname).filter((name) => !/test\.ts$|^installation\.ts$/.test(name));
    const imports = sources.flatMap((name) =>
      [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1]),
    );
    assert.ok(imports.length > 15, 'the premise: imports are found');
    assert.deepEqual(
      imports.filter((from) => !/^node:|^\.\/[a-z]+\.ts$/.test(from ?? '')),
      [],
    );
  });
});
