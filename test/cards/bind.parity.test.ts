import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { bind, type JsonObject, type JsonValue } from '../../bot/cards/bind.ts';
import { readGallery } from './gallery.ts';

type Templating = { Template: new (template: unknown) => { expand(context: { $root: unknown }): unknown } };
/** Loaded without its types: they draw in sources of adaptivecards that our compiler settings refuse. */
const { Template } = createRequire(import.meta.url)('adaptivecards-templating') as Templating;

function official(template: JsonValue, data: JsonObject): unknown {
  return new Template(structuredClone(template)).expand({ $root: data });
}

const queue: JsonObject = {
  title: 'Your queue',
  total: 2,
  mayPublish: false,
  answered: true,
  leader: { name: 'Ines', team: { name: 'Finance' } },
  topics: ['pay', 'work'],
  questions: [
    { words: 'Why so late?', votes: 3, isNew: true, tags: [{ name: 'a' }, { name: 'b' }] },
    { words: 'Will we move?', votes: 1, isNew: false, tags: [] },
  ],
  nothing: null,
};

describe('bind, beside the official adaptivecards-templating', () => {
  const templates: JsonValue[] = [
    'Hello',
    '${title}',
    '${total}',
    '${answered}',
    '${questions}',
    'costs $5 ${title} {b} } $ 100 % \'q\' "q"',
    '${title}${total}${answered}',
    '$${title} {${title}} {{DATE(${title}, SHORT)}}',
    'two\nlines\t${title} 👍🏽 …',
    'a `tick` and a \\ alone',
    '${$root.leader.name}, ${$data.leader.name}',
    [1, null, ['a', ['b', '${topics}']], '${topics}', true],
    [{ $data: '${topics}', title: '${$data}', value: '${$root.title}' }],
    ['first', { $data: '${questions}', $when: '${isNew}', text: '${votes}: ${words}' }, 'last'],
    [{ $data: '${questions}', tags: [{ $data: '${tags}', n: '${name}', t: '${$root.total}' }] }],
    [{ $data: '${questions}', inner: [{ $data: '${$root.questions}', w: '${words}' }], w: '${words}' }],
    [{ $data: '${leader}', text: '${name}', items: [{ $data: '${team}', text: '${name}' }] }],
    [
      { $when: '${mayPublish}', a: 1 },
      { $when: '${answered}', b: '${total}' },
    ],
    { $data: '${leader}', body: { $data: '${team}', name: '${name}' }, name: '${name}', n: null },
  ];
  for (const template of templates) {
    it(`agrees on ${JSON.stringify(template)}`, () => {
      assert.deepEqual(bind(template, queue), official(template, queue));
    });
  }

  it('agrees on hostile words', () => {
    for (const words of ['${1+1}', '${title}', '{{DATE(x)}}', '[x](http://evil)', '`\\n${title}`']) {
      const template = { text: '${words}', in: 'so: ${words}', list: [{ $data: '${all}', text: '${$data}' }] };
      const data = { title: 'Secret', words, all: [words, words] };
      assert.deepEqual(bind(template, data), official(template, data), words);
    }
  });

  it('leaves out a dropped field, where the official one leaves a null', () => {
    const template = { selectAction: { $when: '${mayPublish}', type: 'Action.Execute' } };
    assert.deepEqual(official(template, queue), { selectAction: null });
    assert.deepEqual(bind(template, queue), {});
  });

  it('throws where the official one shows the expression', () => {
    assert.equal(official('for ${nobody}', queue), 'for ${nobody}');
    assert.throws(() => bind('for ${nobody}', queue));
  });

  for (const { name, template, variants } of readGallery()) {
    it(`agrees on the card ${name}`, () => {
      for (const [variant, data] of variants) {
        const expected = JSON.stringify(official(template, data), (_, value: unknown) => value ?? undefined);
        assert.deepEqual(bind(template, data), JSON.parse(expected), variant);
      }
    });
  }
});
