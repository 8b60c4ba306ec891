import assert from 'node:assert/strict';
import { speak } from '../bot/cards/say.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const privacy = readFileSync(join(root, 'PRIVACY.md'), 'utf8');
const page = readFileSync(join(root, 'tab', 'privacy.html'), 'utf8');
const [text = '', notes = ''] = privacy.split(/^## Which test holds which sentence$/m);

/** `[^name]: file › title`, one per line. */
const references = [...notes.matchAll(/^\[\^([\w-]+)\]: `([^`]+)` › (.+)$/gm)].map(
  ([, name = '', file = '', title = '']) => ({
    name,
    file,
    title,
  }),
);

/** Sections that say what no test of ours can hold: other people's systems, and what we do not promise. */
const BEYOND_TESTS = ['What Microsoft 365 may record', 'What we do not promise', 'Look for yourself'];

const literal = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Tells whether the file has a test of this title. Titles that are put together hold `${…}`. */
function hasTest(file: string, title: string): boolean {
  const source = readFileSync(join(root, file), 'utf8');
  const titles = [...source.matchAll(/\b(?:it|describe)\(\s*(['"`])((?:\\.|(?!\1).)+)\1/g)].map(
    (match) => match[2] ?? '',
  );
  return titles.some((one) => {
    const parts = one.replaceAll("\\'", "'").split(/\$\{[^}]*\}/);
    return new RegExp(`^${parts.map(literal).join('.+')}$`).test(title);
  });
}

/** The sentences and table rows of the sections that claim something. */
function claims(): string[] {
  const sections = text.split(/^## /m).slice(1);
  return sections
    .filter((section) => !BEYOND_TESTS.some((title) => section.startsWith(title)))
    .flatMap((section) =>
      section
        .split('\n')
        .slice(1)
        .join('\n')
        .split(/\n\s*\n|\n(?=- )|\n(?=\| )/),
    )
    .map((paragraph) => paragraph.trim().replace(/\s+/g, ' '))
    .filter((paragraph) => paragraph !== '' && !/^\| (who has|-)/.test(paragraph))
    .flatMap((paragraph) =>
      paragraph.startsWith('|') ? [paragraph] : paragraph.split(/(?<=[.?](?:\[\^[\w-]+\])*) (?=[A-Z“_])/),
    );
}

describe('PRIVACY.md', () => {
  it('names for every sentence that claims something the test that holds it', () => {
    assert.ok(claims().length > 20, 'the premise: sentences are found');
    assert.deepEqual(
      claims().filter((claim) => !claim.includes('[^')),
      [],
    );
  });

  it('names only tests that exist, by file and title', () => {
    assert.ok(references.length > 15, 'the premise: references are found');
    const missing = references.filter(({ file, title }) => !existsSync(join(root, file)) || !hasTest(file, title));
    assert.deepEqual(
      missing.map(({ name, file, title }) => `${name}: ${file} › ${title}`),
      [],
    );
  });

  it('the check itself finds a title that is gone', () => {
    const { file, title } = references[0] ?? { file: '', title: '' };
    assert.equal(hasTest(file, `${title} no more`), false);
    assert.equal(
      hasTest('test/privacy.test.ts', 'nothing at rest, logged or sent to anyone else names the asker'),
      false,
    );
  });

  it('uses every reference that it explains, and explains every one that it uses', () => {
    const used = new Set([...text.matchAll(/\[\^([\w-]+)\]/g)].map((match) => match[1] ?? ''));
    assert.deepEqual([...used].toSorted(), references.map(({ name }) => name).toSorted());
  });

  it('and the page for employees hold the two honest lines, word for word', () => {
    for (const words of [privacy, page].map((one) => one.replace(/\s+/g, ' ').replaceAll('’', "'"))) {
      assert.ok(
        words.includes("Leaders and comms cannot see who you are. Whoever controls this bot's code and keys could."),
      );
      assert.ok(words.includes('Microsoft 365 may record that you used it.'));
    }
  });

  it('and the page for employees hold them in German as the form to ask does', () => {
    const german = readFileSync(join(root, 'tab', 'privacy.de.html'), 'utf8').replace(/\s+/g, ' ');
    assert.ok(german.includes(speak('de')('ask.unseen')));
    assert.ok(german.includes('Microsoft 365 kann festhalten, dass Sie ihn benutzt haben.'));
    for (const days of ['30 Tage', '90 Tage']) assert.ok(german.includes(days), days);
    assert.doesNotMatch(german, /100 ?%|unmöglich|völlig anonym|nicht zurückverfolg/i);
  });

  it('and the page for employees never promise too much', () => {
    for (const words of [privacy, page])
      assert.doesNotMatch(words, /untraceable|100 ?%|completely anonymous|impossible to/i);
  });

  it('and the page for employees name the same times', () => {
    for (const words of [privacy, page])
      for (const days of ['30 days', '90 days']) assert.ok(words.includes(days), days);
  });

  it('and the page for employees tell of the same holders what a compromise surrenders', () => {
    const [section = ''] = /^## What a compromise surrenders$[^]*?^## /m.exec(privacy) ?? [];
    const [, , ...holders] = [...section.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, who = '']) => who);
    assert.ok(holders.length >= 7, 'the premise: the rows are found');
    const told = [...page.matchAll(/<th scope="row">([^<]+)<\/th>/g)].map(([, who = '']) => who.toLowerCase());
    assert.deepEqual(told, holders);
  });

  it('is two pages at most, without its references and what `npm run verify` says', () => {
    const words = text.replace(/^```[^]*?^```/m, '').match(/[\p{L}\d][^\s|]*/gu) ?? [];
    assert.ok(words.length < 1400, `${words.length} words`);
  });
});
