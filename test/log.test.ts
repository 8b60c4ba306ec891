import assert from 'node:assert/strict';
import { type Fields, makeLog } from '../bot/log.ts';
import { canariesOf, foundIn } from './support/canary.ts';
import { noor } from './support/cast.ts';

/** Everything that names her, in one line. */
const WORDS = `Noor asked: why? ${Object.values(noor).join(' ')}`;

describe('The log', () => {
  let lines: string[];
  let log: ReturnType<typeof makeLog>;
  beforeEach(() => {
    lines = [];
    log = makeLog((line) => void lines.push(line));
  });

  const logged = (): Record<string, unknown> => {
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^[^\n]+\n$/, 'One event is one line');
    return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  };
  const isClean = () => assert.deepEqual(foundIn(lines.join(''), canariesOf(noor)), []);

  /** What the line says of an error, without the reference. */
  const fault = (error: unknown) => {
    const reference = log.fault(error);
    const { reference: told, level, ...rest } = logged();
    assert.equal(told, reference);
    assert.equal(level, 'fault');
    isClean();
    return rest;
  };

  describe('of an event', () => {
    it('holds the fields on the list', () => {
      log.info({
        code: 'listening-local',
        port: 3978,
        status: 200,
        count: 2,
        reference: '0a1b2c3d',
        where: 'bot/main.ts:7',
      });
      assert.deepEqual(logged(), {
        level: 'info',
        code: 'listening-local',
        reference: '0a1b2c3d',
        status: 200,
        port: 3978,
        count: 2,
        where: 'bot/main.ts:7',
      });
    });

    it('holds no other field, whatever its type says', () => {
      log.info({ code: 'asked', person: noor, words: WORDS, toJSON: () => noor, activity: { from: noor } } as Fields);
      assert.deepEqual(logged(), { level: 'info', code: 'asked' });
      isClean();
    });

    it('holds no words, names or objects in a field that is on the list', () => {
      const smuggled = {
        status: noor.name,
        port: noor,
        count: [noor.id],
        reference: WORDS,
        where: noor.conversationId,
      };
      log.info({ code: 'asked', ...smuggled } as unknown as Fields);
      assert.deepEqual(logged(), { level: 'info', code: 'asked' });
      isClean();
    });

    for (const code of [
      WORDS,
      noor.name,
      noor.id,
      noor.aadObjectId,
      noor.email,
      noor.conversationId,
      '',
      'a\nb',
      'x'.repeat(61),
    ])
      it(`takes "${code.slice(0, 24).replace('\n', '\\n')}" for no code`, () => {
        log.info({ code });
        assert.equal(logged()['code'], 'other');
        isClean();
      });

    it('takes no object for a code', () => {
      for (const code of [noor, undefined, null, { toString: () => noor.name }, Symbol(noor.name)]) {
        log.info({ code } as unknown as Fields);
        assert.equal(JSON.parse(lines.at(-1) ?? '').code, 'other');
      }
      isClean();
    });
  });

  describe('of a fault', () => {
    it('tells its kind and a new reference every time, never its message', () => {
      assert.match(log.fault(new TypeError(WORDS)), /^[0-9a-f]{8}$/);
      assert.equal(logged()['code'], 'TypeError');
      assert.notEqual(log.fault(new TypeError(WORDS)), log.fault(new TypeError(WORDS)));
      isClean();
    });

    it('tells the system’s code, and the status of an answer', () => {
      const refused = Object.assign(new Error(WORDS), { code: 'ECONNREFUSED', statusCode: 502 });
      const { code, status } = fault(refused);
      assert.equal(code, 'Error.ECONNREFUSED');
      assert.equal(status, 502);
    });

    it('tells the number of a database’s fault', () => {
      const full = Object.assign(new Error(WORDS), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
      assert.equal(fault(full)['code'], 'Error.ERR_SQLITE_ERROR.13');
    });

    it('leaves out what an SDK hangs on its errors: request, response, cause, activity', () => {
      const rich = Object.assign(new Error(WORDS, { cause: new Error(WORDS) }), {
        request: { url: `https://x.example/${noor.conversationId}`, body: WORDS },
        response: { body: WORDS },
        activity: { from: noor },
        errors: [WORDS],
        details: WORDS,
      });
      assert.deepEqual(fault(rich), { code: 'Error' });
    });

    const STRANGE: [string, unknown, string][] = [
      ['words for a code', Object.assign(new Error('x'), { code: WORDS }), 'other'],
      ['a person’s id for a code', Object.assign(new Error('x'), { code: noor.aadObjectId }), 'other'],
      ['a name for its name', Object.assign(new Error('x'), { name: noor.name }), 'other'],
      ['an object for its name', Object.assign(new Error('x'), { name: Object.create(null) as unknown }), 'other'],
      ['words for a status', Object.assign(new Error('x'), { statusCode: WORDS }), 'Error'],
    ];
    for (const [what, error, code] of STRANGE)
      it(`holds nothing of an error that has ${what}`, () => assert.equal(fault(error)['code'], code));

    for (const thrown of [WORDS, noor, undefined, null, 7, Symbol(noor.name)])
      it(`holds nothing of what is thrown without being an error: ${typeof thrown}`, () =>
        assert.deepEqual(fault(thrown), { code: 'thrown' }));

    it('names the place in our own code', () => {
      let error: unknown;
      try {
        makeLog(() => {
          throw new Error(WORDS);
        }).info({ code: 'x' });
      } catch (caught) {
        error = caught;
      }
      assert.match(String(fault(error)['where']), /^bot\/log\.ts:\d+$/);
    });

    const PRETENDING = [
      `${noor.name}\n    at ask (file:///app/bot/Zephyrnoor/Quillamor.ts:1:1)`,
      `x\n    at /bot/${noor.aadObjectId}.ts:1`,
      `x\n    at a/bot/../../${noor.email.replace('@', '/')}.ts:12`,
      'x\n    at a/bot/main.ts:4711234567',
    ];
    for (const message of PRETENDING)
      it(`takes no line of a message for a frame: ${message.split('\n')[1]?.trim().slice(0, 24)}`, () =>
        assert.equal(fault(new Error(message))['where'], undefined));

    it('is written even where the error defends itself', () => {
      const hostile = new Error(WORDS);
      for (const key of ['stack', 'name', 'code'])
        Object.defineProperty(hostile, key, {
          get: () => {
            throw new Error(WORDS);
          },
        });
      assert.deepEqual(fault(hostile), { code: 'other' });
    });
  });
});
