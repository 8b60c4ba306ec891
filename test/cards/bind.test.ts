import assert from 'node:assert/strict';
import { bind, compile, type JsonObject, type JsonValue } from '../../bot/cards/bind.ts';

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

describe('bind', () => {
  it('puts a field into a string, by its path', () => {
    assert.equal(bind('${leader.name} of ${leader.team.name}: ${total} open', queue), 'Ines of Finance: 2 open');
  });

  it('keeps the type where a string is one path', () => {
    assert.deepEqual(bind(['${total}', '${mayPublish}', '${title}', { all: '${leader}' }], queue), [
      2,
      false,
      'Your queue',
      { all: queue.leader },
    ]);
  });

  it('leaves what is no expression as it stands', () => {
    const template = { type: 'TextBlock', wrap: true, size: 3, none: null, text: 'costs $5 {a} {{DATE(x)}} }' };
    assert.deepEqual(bind(template, queue), template);
  });

  it('repeats an object for each element of a list, whose fields become the scope', () => {
    const row = { $data: '${questions}', text: '${words}', of: '${$root.leader.name}' };
    assert.deepEqual(bind(['first', row, 'last'], queue), [
      'first',
      { text: 'Why so late?', of: 'Ines' },
      { text: 'Will we move?', of: 'Ines' },
      'last',
    ]);
  });

  it('repeats within a repeat', () => {
    const row = { $data: '${questions}', tags: [{ $data: '${tags}', tag: '${name} of ${$root.total}' }] };
    assert.deepEqual(bind([row], queue), [{ tags: [{ tag: 'a of 2' }, { tag: 'b of 2' }] }, { tags: [] }]);
  });

  it('repeats for plain words too, which ${$data} names', () => {
    assert.deepEqual(bind([{ $data: '${topics}', title: '${$data}' }], queue), [{ title: 'pay' }, { title: 'work' }]);
  });

  it('takes an object as the scope, within it only', () => {
    const template = { who: { $data: '${leader.team}', text: '${name}' }, name: '${leader.name}' };
    assert.deepEqual(bind(template, queue), { who: { text: 'Finance' }, name: 'Ines' });
  });

  it('keeps an object only when its flag is true', () => {
    const template = [
      { $when: '${answered}', a: 1 },
      { $when: '${mayPublish}', b: 2 },
    ];
    assert.deepEqual(bind(template, queue), [{ a: 1 }]);
    assert.deepEqual(bind({ yes: template[0]!, no: template[1]! }, queue), { yes: { a: 1 } });
    assert.equal(bind({ $when: '${mayPublish}', b: 2 }, queue), null);
  });

  it('reads the flag of each repeated element', () => {
    assert.deepEqual(bind([{ $data: '${questions}', $when: '${isNew}', text: '${words}' }], queue), [
      { text: 'Why so late?' },
    ]);
  });

  it('reads nothing inside of an object that it drops', () => {
    assert.deepEqual(bind([{ $when: '${mayPublish}', text: '${notThere}' }], queue), []);
  });

  it('compiles once and binds many times, without one card reaching into the next', () => {
    const template = { body: [{ type: 'TextBlock', text: '${words}' }], style: { size: 'large' } };
    const before = structuredClone(template);
    const card = compile(template);
    const first = card({ words: 'one' }) as { style: { size: string } };
    first.style.size = 'changed by a later step';
    assert.deepEqual(card({ words: 'two' }), { body: [{ type: 'TextBlock', text: 'two' }], style: { size: 'large' } });
    assert.deepEqual(template, before);
  });
});

describe('bind, where template and data do not fit', () => {
  const refused: [string, JsonValue, RegExp][] = [
    ['a missing field', 'for ${leader.title}', /\$\{leader\.title\}/],
    ['a missing field that stands alone', '${draft}', /\$\{draft\}/],
    ['a field that is null', '${nothing}', /\$\{nothing\}/],
    ['a field of the root, read from a repeated element', [{ $data: '${questions}', a: '${title}' }], /\$\{title\}/],
    ['a field of a word', '${title.length}', /\$\{title\.length\}/],
    ['a field of a list', '${topics.length}', /\$\{topics\.length\}/],
    ['an object within a text', 'by ${leader}', /by \$\{leader\}/],
    ['a missing $when', [{ $when: '${isOpen}' }], /\$\{isOpen\}/],
    ['a $when that is a number', [{ $when: '${total}' }], /\$when reads \$\{total\}/],
    ['a $when that is a word', [{ $when: '${title}' }], /\$when reads \$\{title\}/],
    ['a $when without a path', [{ $when: true }], /\$when has to be one/],
    ['a $data that is a word', [{ $data: '${title}' }], /\$data reads \$\{title\}/],
    ['a $data without a path', [{ $data: { a: 1 } }], /\$data has to be one/],
    ['a repeat outside of a list', { body: { $data: '${questions}' } }, /does not stand in a list/],
    ['a function', '${toUpper(title)}', /\$\{toUpper\(title\)\}/],
    ['an operator', '${total + 1}', /\$\{total \+ 1\}/],
    ['an index', '${topics[0]}', /\$\{topics\[0\]\}/],
    ['a literal', '${true}', /\$\{true\}/],
    ['an empty path', '${}', /\$\{\}/],
    ['an expression without an end', 'a ${title', /a \$\{title/],
    ['an escape that the Designer would read', 'a\\n${title}', /cannot be read/],
    ['a reserved key', { $index: 1 }, /\$index/],
  ];
  for (const [name, template, message] of refused) {
    it(`refuses ${name}`, () => assert.throws(() => bind(template, queue), { name: 'Error', message }));
  }

  it('finds what is wrong with a template when it is compiled, also in what a card would not show', () => {
    assert.throws(() => compile([{ $when: '${mayPublish}', text: '${words ? 1 : 2}' }]), /is not a path/);
  });

  it('never shows the words of a person in an error', () => {
    const data = { secret: 'Noor asks', list: ['Noor asks'] };
    for (const template of ['${secret.x}', { $data: '${secret}' }, 'a ${list}', [{ $when: '${secret}' }]]) {
      assert.throws(
        () => bind(template, data),
        (error: Error) => !error.message.includes('Noor'),
      );
    }
  });
});

describe('bind, with hostile words', () => {
  const hostile = ['${1+1}', '${title}', '${$root.title}', '{{DATE(2026-01-01T00:00:00Z, SHORT)}}', '[x](http://evil)'];
  for (const words of [...hostile, '`${json("{}")}`', '<at>all</at>', '\\${title}', '$data']) {
    it(`leaves ${words} as typed`, () => {
      const card = bind({ text: '${words}', in: 'They say: ${words}.', all: ['${words}'] }, { title: 'Secret', words });
      assert.deepEqual(card, { text: words, in: `They say: ${words}.`, all: [words] });
    });
  }

  it('reads own fields only', () => {
    for (const path of ['constructor', 'toString', '__proto__', 'leader.constructor.name', '__proto__.polluted']) {
      assert.throws(() => bind(`\${${path}}`, queue), /the data lack it/, path);
    }
  });

  it('lets __proto__ in data change no object', () => {
    const data = JSON.parse('{"form": {"__proto__": {"polluted": true}, "words": "hello"}}') as JsonObject;
    const card = bind({ raw: '${form}', scope: { $data: '${form}', text: '${words}' } }, data) as JsonObject;
    assert.deepEqual(card.scope, { text: 'hello' });
    for (const object of [{}, card, card.raw, card.scope] as { polluted?: boolean }[]) {
      assert.equal(object.polluted, undefined);
    }
  });

  it('refuses a template that holds __proto__', () => {
    assert.throws(() => compile(JSON.parse('{"__proto__": {"polluted": true}}') as JsonValue), /__proto__/);
  });
});
