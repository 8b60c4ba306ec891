import assert from 'node:assert/strict';
import { bind, type JsonObject, type JsonValue } from '../../bot/cards/bind.ts';
import { readGallery, strays } from './gallery.ts';
import { faultsOf } from './renderer.ts';

/** Teams refuses larger ones; see section 6 of the design. */
const MAX_BYTES = 80 * 1024;
/** The fields that carry words of a person. What reads Markdown must never show them. */
const WORDS = new Set('words text question answer reply reason note notNow declined status'.split(' '));
/** Cards whose `text` is always our own sentence; elsewhere it may be, or quote, what a person wrote. */
const OWN_TEXT = new Set(['welcome']);
const CANARY = '\u2E28words\u2E29';

type Found = { readonly holder: JsonObject; readonly key: string; readonly text: string };

function objectsIn(node: JsonValue): JsonObject[] {
  if (Array.isArray(node)) return node.flatMap(objectsIn);
  if (typeof node !== 'object' || node === null) return [];
  return [node as JsonObject, ...Object.values(node).flatMap(objectsIn)];
}

function textsIn(node: JsonValue): Found[] {
  return objectsIn(node).flatMap((holder) =>
    Object.entries(holder).flatMap(([key, value]) =>
      [value].flat().flatMap((text) => (typeof text === 'string' ? [{ holder, key, text }] : [])),
    ),
  );
}

function typesIn(card: JsonValue, prefix: string): JsonObject[] {
  return objectsIn(card).filter(({ type }) => typeof type === 'string' && type.startsWith(prefix));
}

function markWords(node: JsonValue, card: string, isWords = false): JsonValue {
  if (typeof node === 'string') return isWords ? CANARY + node : node;
  if (Array.isArray(node)) return node.map((it: JsonValue) => markWords(it, card, isWords));
  if (typeof node !== 'object' || node === null) return node;
  // Our own words stand beside them, under names that a person's words have too.
  const fields = Object.entries(node).map(([key, it]) => [
    key,
    key === 'say' ? it : markWords(it, card, isWordsField(key, it, card)),
  ]);
  return Object.fromEntries(fields) as JsonObject;
}

function isWordsField(key: string, value: JsonValue, card: string): boolean {
  if (key === 'text' && OWN_TEXT.has(card)) return false;
  return WORDS.has(key) && [value].flat().every((it) => typeof it === 'string');
}

function holdsWordsSafely({ holder: { type }, key }: Found): boolean {
  if (type === 'TextRun') return key === 'text';
  if (type === 'RichTextBlock') return key === 'inlines';
  return isInput(type) && key === 'value';
}

function isInput(type: JsonValue | undefined): boolean {
  return typeof type === 'string' && type.startsWith('Input.');
}

function place({ holder, key }: Found): string {
  return `${JSON.stringify(holder.type ?? null)}.${key}`;
}

describe('the templates of cards/', () => {
  it('have a sample each, and no sample stands alone', () => assert.deepEqual(strays(), []));

  it("show people's words somewhere, or the tests below would prove nothing", () => {
    const cards = readGallery().flatMap(({ name, template, variants }) =>
      [...variants.values()].map((data) => bind(template, markWords(data, name) as JsonObject)),
    );
    for (const key of ['text', 'value']) {
      assert.ok(
        textsIn(cards).some((it) => it.key === key && it.text.includes(CANARY) && holdsWordsSafely(it)),
        key,
      );
    }
  });
});

for (const { name, template, variants } of readGallery()) {
  describe(`the card ${name}`, () => {
    it('has no address of elsewhere in its template', () => {
      const addresses = textsIn(template).filter(({ key, text }) => key !== '$schema' && text.includes('://'));
      assert.deepEqual(addresses.map(place), []);
    });

    for (const [variant, data] of variants) {
      describe(variant, () => {
        let card: JsonObject;
        before(() => {
          card = bind(template, data) as JsonObject;
        });

        it('is a card that Teams can show', () => {
          assert.equal(card.type, 'AdaptiveCard');
          assert.match(card.version as string, /^1\.[0-5]$/);
          const size = Buffer.byteLength(JSON.stringify(card));
          assert.ok(size < MAX_BYTES, `has ${size} bytes`);
        });

        it('leaves no expression', () => {
          const inert = JSON.parse(JSON.stringify(data).replaceAll('${', '')) as JsonObject;
          assert.deepEqual(
            textsIn(bind(template, inert)).filter(({ text }) => text.includes('${')),
            [],
          );
        });

        it("raises no event in Microsoft's renderer, which knows each property", () => {
          assert.deepEqual(faultsOf(card), []);
        });

        it('has a verb on each Action.Execute', () => {
          const silent = typesIn(card, 'Action.Execute').filter(({ verb }) => typeof verb !== 'string' || verb === '');
          assert.deepEqual(silent, []);
        });

        it('has an id and a label on each input', () => {
          const bare = typesIn(card, 'Input.').filter(
            ({ type, id, label, title }) => !id || !(label || (type === 'Input.Toggle' && title)),
          );
          assert.deepEqual(bare, []);
        });

        it('loads nothing from elsewhere, and links into Teams only', () => {
          const loads = textsIn(card).filter(({ key }) =>
            ['url', 'iconUrl', 'backgroundImage', 'poster'].includes(key),
          );
          const wrong = loads.filter(({ text }) => !/^(?:data:image\/|https:\/\/teams\.microsoft\.com\/)/.test(text));
          assert.deepEqual(wrong.map(place), []);
        });

        it("shows people's words only where no Markdown is read", () => {
          const marked = bind(template, markWords(data, name) as JsonObject);
          const exposed = textsIn(marked).filter((it) => it.text.includes(CANARY) && !holdsWordsSafely(it));
          assert.deepEqual(exposed.map(place), []);
        });
      });
    }
  });
}
