import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mondayOf, say, sayDay, sayWeek, speak, type Words } from '../../tab/words.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const wordsIn = (language: string): Words => (JSON.parse(read(`cards/words.${language}.json`)) as { tab: Words }).tab;
const languages = readdirSync(join(root, 'cards')).flatMap((file) => /^words\.(\w+)\.json$/.exec(file)?.[1] ?? []);

const keysOf = (words: Words): string[] =>
  Object.entries(words).flatMap(([section, phrases]) => Object.keys(phrases).map((key) => `${section}.${key}`));
const phraseOf = (words: Words, key: string) => {
  const [section = '', name = ''] = key.split('.');
  return words[section]?.[name] ?? '';
};
const variantsOf = (words: Words, key: string): string[] => Object.values(asPlural(phraseOf(words, key)));
const asPlural = (phrase: string | Readonly<Record<string, string>>) =>
  typeof phrase === 'string' ? { other: phrase } : phrase;
const placeholders = (phrase: string): string[] =>
  [...phrase.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted();
/** Those of all variants together: "one person" may leave out the count. */
const allPlaceholders = (words: Words, key: string): string[] =>
  [...new Set(variantsOf(words, key).flatMap(placeholders))].toSorted();

const sources = (readdirSync(join(root, 'tab'), { recursive: true }) as string[])
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => read(join('tab', file)));

describe('what the desk says', () => {
  const english = wordsIn('en');
  const keys = keysOf(english);

  it('stands in English and German', () => {
    for (const language of ['en', 'de']) assert.ok(languages.includes(language), language);
    assert.ok(keys.length > 40, 'the premise');
  });

  for (const language of languages) {
    describe(language, () => {
      const words = wordsIn(language);

      it('has every key, and no other', () => assert.deepEqual(keysOf(words).toSorted(), keys.toSorted()));

      it('has the same placeholders', () => {
        const differs = keys.filter(
          (key) => allPlaceholders(words, key).join() !== allPlaceholders(english, key).join(),
        );
        assert.deepEqual(differs, []);
      });

      it('has a form for each plural of the language', () => {
        const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
        const plurals = keys.filter((key) => typeof phraseOf(english, key) !== 'string');
        const differs = plurals.filter((key) => {
          const categories = Object.keys(asPlural(phraseOf(words, key))).toSorted();
          return categories.join() !== wanted.join();
        });
        assert.ok(plurals.length > 0, 'the premise');
        assert.deepEqual(differs, []);
      });

      it('leaves nothing empty', () => {
        assert.deepEqual(
          keys.filter((key) => variantsOf(words, key).some((phrase) => phrase.trim() === '')),
          [],
        );
      });
    });
  }

  it('is what its sources say: no key is missing, and none is left over', () => {
    const said = new Set(
      sources.flatMap((source) => [...source.matchAll(/'([a-z]\w*\.\w+)'/g)].map((match) => match[1] ?? '')),
    );
    const begun = sources.flatMap((source) =>
      [...source.matchAll(/`([a-z]\w*\.\w*)\$\{/g)].map((match) => match[1] ?? ''),
    );
    const called = sources.flatMap((source) =>
      [...source.matchAll(/\bsay\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''),
    );
    assert.ok(called.length > 20 && begun.length > 0, 'the premise');
    assert.deepEqual(
      called.filter((key) => !keys.includes(key)),
      [],
    );
    const leftOver = keys.filter((key) => !said.has(key) && !begun.some((start) => key.startsWith(start)));
    assert.deepEqual(leftOver, []);
  });
});

describe('say', () => {
  const words = {
    shell: { weekOf: 'Week of {day}', away: '{a} and {b}' },
    thread: { votes: { one: '{count} vote', other: '{count} votes' } },
  };
  beforeEach(() => speak(words, 'en-GB'));

  it('fills in values once: what somebody wrote is not looked at again', () => {
    assert.equal(say('shell.away', { a: '{b}', b: 'Ines' }), '{b} and Ines');
  });

  it('chooses the plural by the language, and writes numbers as it does', () => {
    assert.equal(say('thread.votes', { count: 1 }), '1 vote');
    assert.equal(say('thread.votes', { count: 12_345 }), '12,345 votes');
    speak(words, 'de');
    assert.equal(say('thread.votes', { count: 12_345 }), '12.345 votes');
  });

  it('writes days and weeks as the language does, with the year where it is another one', () => {
    const today = new Date('2026-11-23T12:00:00Z');
    assert.equal(sayDay('2026-11-23', today), '23 November');
    assert.equal(sayDay('2025-01-02', today), '2 January 2025');
    assert.equal(sayWeek('2026-W48', today), 'Week of 23 November');
    speak(words, 'de');
    assert.equal(sayDay('2026-11-23', today), '23. November');
  });

  it('knows the Monday of a week, also around New Year', () => {
    assert.equal(mondayOf('2026-W01'), '2025-12-29');
    assert.equal(mondayOf('2026-W53'), '2026-12-28');
    assert.equal(mondayOf('2024-W01'), '2024-01-01');
  });

  it('is told of a key that is not there', () => assert.throws(() => say('shell.nothing' as never), /no words/));
});
