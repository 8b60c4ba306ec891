import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '../../bot/cards/bind.ts';
import { commandOf, languages, makeSay, phrasesOf, type Say, speak, wordFor } from '../../bot/cards/say.ts';
import { render } from '../../bot/cards/cards.ts';
import { readGallery } from './gallery.ts';
import { faultsOf } from './renderer.ts';

const root = join(import.meta.dirname, '../..');
const english = speak('en');
const phrases = (say: Say) => new Map(phrasesOf(say.words));
const keys = [...phrases(english).keys()];
const formsOf = (say: Say, key: string): string[] => {
  const phrase = phrases(say).get(key) ?? '';
  return typeof phrase === 'string' ? [phrase] : Object.values(phrase);
};
/** Those of all forms together: "1 day" leaves out the count. */
const placeholders = (say: Say, key: string): string =>
  [...new Set(formsOf(say, key).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].toSorted().join();

const sources = (readdirSync(join(root, 'bot'), { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'bot', file), 'utf8'));

function textsIn(node: JsonValue): string[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? (READ.has(key) ? [value] : []) : textsIn(value as JsonValue),
  );
}
/** The fields of a template that a person reads. */
const READ = new Set('text title label placeholder errorMessage altText speak fallbackText subtitle'.split(' '));
const expressions = /\$\{([^}]*)\}/g;

const isSentence = (text: string): boolean => /\p{Lu}\p{Ll}+ \p{Ll}+|\p{Ll}+ \p{Ll}+ \p{Ll}+/u.test(text);

describe('the words of the bot', () => {
  it('are there in English and in German', () => {
    for (const language of ['en', 'de']) assert.ok(languages.has(language), language);
    assert.ok(keys.length > 200, 'the premise');
  });

  for (const [language, say] of languages) {
    describe(language, () => {
      it('has every key, and no other', () => assert.deepEqual([...phrases(say).keys()].toSorted(), keys.toSorted()));

      it('has the same placeholders', () =>
        assert.deepEqual(
          keys.filter((key) => placeholders(say, key) !== placeholders(english, key)),
          [],
        ));

      it('has a form for each plural of the language', () => {
        const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted().join();
        const plurals = [...phrases(english)].flatMap(([key, phrase]) => (typeof phrase === 'string' ? [] : [key]));
        assert.ok(plurals.length > 3, 'the premise');
        const forms = (key: string) =>
          Object.keys(phrases(say).get(key) ?? {})
            .toSorted()
            .join();
        assert.deepEqual(
          plurals.filter((key) => forms(key) !== wanted),
          [],
        );
      });

      it('leaves nothing empty, and no space at an end', () =>
        assert.deepEqual(
          keys.filter((key) => formsOf(say, key).some((form) => form === '' || form !== form.trim())),
          [],
        ));

      it('has words to type that mean one thing each, in whichever language', () => {
        const words = keys.filter((key) => key.startsWith('commands.')).flatMap((key) => formsOf(say, key));
        for (const key of keys.filter((one) => one.startsWith('commands.')))
          for (const word of formsOf(say, key).flatMap((form) => form.split('|')))
            assert.equal(commandOf(word), key.slice('commands.'.length), word);
        assert.ok(words.length >= 7, 'the premise');
      });
    });
  }

  it('are all said: no key is left over', () => {
    const said = sources.flatMap((source) =>
      [...source.matchAll(/'([\w-]+(?:\.[\w-]+)*)'/g)].map(([, key = '']) => key),
    );
    const begun = sources.flatMap((source) =>
      [...source.matchAll(/`([a-zA-Z]+\.[\w.-]*)\$\{/g)].map(([, key = '']) => key),
    );
    const shown = readGallery().flatMap(({ template }) =>
      textsIn(template).flatMap((text) =>
        [...text.matchAll(expressions)].map(([, path = '']) => path.replace('$root.say.', '')),
      ),
    );
    const isSaid = new Set([...said, ...shown]);
    assert.ok(begun.length > 5 && shown.includes('shared.back') && isSaid.has('ask.title'), 'the premise');
    assert.deepEqual(
      keys.filter((key) => !isSaid.has(key) && !begun.some((start) => key.startsWith(start))),
      [],
    );
  });

  it('are given all that they ask for, as far as the code shows it', () => {
    const calls = sources.flatMap((source) => [
      ...source.matchAll(/\b(?:say|sayToAll\(\))\(\s*'([\w-]+(?:\.[\w-]+)+)'(?:,\s*(\{[^{}]*\}))?,?\s*\)/g),
    ]);
    const lacking = calls.flatMap(([, key = '', values = '']) => {
      if (values.includes('...')) return [];
      const given = new Set([...values.matchAll(/[{,]\s*(\w+)/g)].map(([, name]) => `{${name}}`));
      return placeholders(english, key)
        .split(',')
        .filter((name) => name !== '' && !given.has(name))
        .map((name) => `${key}: ${name}`);
    });
    assert.ok(calls.length > 150 && calls.some(([, , values]) => values !== undefined), 'the premise');
    assert.deepEqual(lacking, []);
  });

  it('are nowhere else: a template has no letter of its own', () => {
    const own = readGallery().flatMap(({ name, template }) =>
      textsIn(template)
        .filter((text) => /\p{Letter}/u.test(text.replaceAll(expressions, '')))
        .map((text) => `${name}: ${text}`),
    );
    assert.deepEqual(own, []);
    assert.ok(
      readGallery().some(({ template }) => textsIn(template).includes('${$root.say.shared.back}')),
      'the premise',
    );
  });

  it('are nowhere else: no sentence stands in what makes the cards, or answers', () => {
    const rooms = (readdirSync(join(root, 'bot'), { recursive: true }) as string[]).filter((file) =>
      /^(?:app|cards|teams|http\/api)\/(?!openapi).*\.ts$/.test(file),
    );
    const sentences = rooms.flatMap((file) => {
      const code = readFileSync(join(root, 'bot', file), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
      // Errors are for whoever reads a log.
      const literals =
        code
          .replaceAll(/(?:super|new \w*(?:Error|Untrusted|Late|NoTeams|NoToken))\([^]*?\)/g, '')
          .match(/'[^'\n]*'|`[^`]*`/g) ?? [];
      return literals.filter(isSentence).map((text) => `${file}: ${text}`);
    });
    assert.ok(rooms.length > 25 && isSentence("'Please try again.'") && !isSentence("'task/fetch'"), 'the premise');
    assert.deepEqual(sentences, []);
  });
});

describe('say', () => {
  const say = makeSay('en', {
    locale: 'en-GB',
    cards: { mine: { title: 'To {leader}: {words}' }, shared: { days: { one: '1 day', other: '{count} days' } } },
  });

  it('fills in once: braces that somebody wrote stay as typed', () =>
    assert.equal(say('mine.title', { leader: '{words}', words: '{leader} $& ${x}' }), 'To {words}: {leader} $& ${x}'));

  it('chooses the form by the count', () => {
    assert.deepEqual(
      [0, 1, 2].map((count) => say('shared.days', { count })),
      ['0 days', '1 day', '2 days'],
    );
  });

  it('throws where words or a value are missing, and shows no value', () => {
    assert.throws(() => say('ask.title'), /no words for ask\.title/);
    assert.throws(
      () => say('mine.title', { words: 'Noor asks' }),
      (error: Error) => error.message.includes('{leader}') && !error.message.includes('Noor'),
    );
  });

  it('writes days, times and lists as the language does', () => {
    const at = Date.UTC(2026, 10, 24, 9, 30);
    assert.equal(english.day('2026-12-04'), '4 December 2026');
    assert.equal(speak('de').day('2026-12-04'), '4. Dezember 2026');
    assert.equal(speak('de').time(at, 'Europe/Berlin'), 'Di., 24. Nov., 10:30 (Europe/Berlin)');
    assert.equal(speak('de').oneOf(['Ines', 'Otto', 'Lena']), 'Ines, Otto oder Lena');
  });
});

describe('a language that runs from right to left', () => {
  it('turns its cards, which stay cards that Teams can show; no other does', () => {
    const arabic = makeSay('ar', { locale: 'ar-EG', cards: english.words });
    const card = render({ card: 'notice', say: arabic, data: {} });
    assert.equal(card['rtl'], true);
    assert.deepEqual(faultsOf(card), []);
    for (const say of languages.values()) assert.ok(!('rtl' in render({ card: 'notice', say, data: {} })));
  });
});

describe('speak', () => {
  it('takes the first locale that there are words for, whatever its region', () => {
    assert.equal(speak('de-CH', 'en').language, 'de');
    assert.equal(speak('DE', 'en').language, 'de');
    assert.equal(speak('fr-FR', 'de').language, 'de');
    assert.equal(speak(undefined, 'de').language, 'de');
  });

  it('speaks English where nobody named another, and to whoever sends nonsense', () => {
    for (const locale of [undefined, '', '-', '--', 'tlh', '../en', 'x'.repeat(1000), '-'.repeat(1000), '__proto__'])
      assert.equal(speak(locale).language, 'en', locale);
  });

  it('names on cards the word that is typed in their language, and understands those of every language', () => {
    assert.equal(wordFor(speak('de'), 'mine'), 'meine fragen');
    assert.equal(commandOf('meine fragen'), 'mine');
    assert.equal(commandOf('my questions'), 'mine');
    assert.equal(commandOf('constructor'), undefined);
  });
});
