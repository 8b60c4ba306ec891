import assert from 'node:assert/strict';
import { type Attributes, type Span, type SpanOptions, trace, type Tracer } from '@opentelemetry/api';
import { type CardSending, type Courier, Held } from '../bot/app/carrying.ts';
import { Conflict, type Store } from '../bot/app/ports.ts';
import type { Outcome } from '../bot/domain/delivery.ts';
import { openSqlite } from '../bot/store/sqlite.ts';
import { makeTelemetry } from '../bot/telemetry.ts';
import { canariesOf, foundIn } from './support/canary.ts';
import { noor } from './support/cast.ts';

const quiet = { traces: false, deliveries: async () => ({}) };
const countOf = (figures: string, of: string, ended: string): number =>
  Number(new RegExp(`forthright_seconds_count\\{of="${of}",ended="${ended}"\\} (\\d+)`).exec(figures)?.[1] ?? 0);
const SENDING = {} as CardSending;
const go = async () => {};
const failing = () => Promise.reject(Object.assign(new Error(noor.name), { code: noor.conversationId }));

function courierThat(say: () => Promise<Outcome>): Courier {
  return { card: say, tell: say, warn: say, notice: say, block: say, lift: say, post: say };
}

describe('the figures for operators', () => {
  it('time turns by how they ended', async () => {
    const telemetry = makeTelemetry(quiet);
    for (const status of [200, 200, 401, 500]) await telemetry.turns(async () => ({ status }))('', {});
    const figures = await telemetry.text();
    assert.deepEqual(
      ['done', 'refused', 'failed'].map((ended) => countOf(figures, 'turn', ended)),
      [2, 1, 1],
    );
    assert.match(figures, /forthright_seconds_bucket\{le="0.1",of="turn",ended="done"\} 2/);
  });

  it('count answers of the desk by route and kind of status, those open to everyone together', async () => {
    const telemetry = makeTelemetry(quiet);
    const board = { path: '/api/questions/:id', may: ['curator'] };
    for (const status of [200, 304, 403, 200]) telemetry.counted(board, status);
    telemetry.counted({ path: '/api/ask', may: 'everyone' }, 200);
    telemetry.counted({ path: '/api/me', may: 'everyone' }, 200);
    const lines = (await telemetry.text())
      .split('\n')
      .filter((line) => line.startsWith('forthright_desk_requests_total'));
    assert.deepEqual(lines.toSorted(), [
      'forthright_desk_requests_total{path="/api/questions/:id",status="2xx"} 2',
      'forthright_desk_requests_total{path="/api/questions/:id",status="3xx"} 1',
      'forthright_desk_requests_total{path="/api/questions/:id",status="4xx"} 1',
      'forthright_desk_requests_total{path="everyone",status="2xx"} 2',
    ]);
  });

  it('pass results and errors of the store through, and tell reads from writes, and conflicts from faults', async () => {
    const telemetry = makeTelemetry(quiet);
    const plain = openSqlite(':memory:');
    const store = telemetry.store(plain);
    assert.equal(await store.addGreeting('a tag'), true);
    assert.equal(await store.greeted('a tag'), true);
    const conflict = new Conflict('Somebody was first');
    plain.save = () => Promise.reject(conflict);
    plain.eraseSeal = () => Promise.reject(new TypeError('a bug'));
    await assert.rejects(store.save({} as never, '1'), conflict);
    await assert.rejects(store.eraseSeal('a seal'), TypeError);
    await store.close();
    const figures = await telemetry.text();
    assert.equal(countOf(figures, 'store read', 'done'), 1);
    assert.equal(countOf(figures, 'store write', 'conflict'), 1);
    assert.equal(countOf(figures, 'store write', 'failed'), 1);
  });

  it('tell attempts by their outcome', async () => {
    const telemetry = makeTelemetry(quiet);
    const outcomes: Outcome[] = [
      { sent: { conversation: noor.conversationId, activity: '1' } },
      { refused: '429', retryAfterMs: 1000 },
      { unknown: '502' },
      { permanent: '403' },
    ];
    for (const outcome of outcomes) {
      assert.equal(await telemetry.courier(courierThat(async () => outcome)).card(SENDING, go), outcome);
    }
    const held = telemetry.courier(courierThat(() => Promise.reject(new Held())));
    await assert.rejects(held.card(SENDING, go), Held);
    const figures = await telemetry.text();
    for (const ended of ['done', 'refused', 'unknown', 'permanent', 'held'])
      assert.equal(countOf(figures, 'attempt', ended), 1, ended);
  });

  it('show the deliveries of the moment, by state', async () => {
    let waiting = 3;
    const telemetry = makeTelemetry({ ...quiet, deliveries: async () => ({ waiting, dead: 0 }) });
    assert.match(await telemetry.text(), /forthright_deliveries\{state="waiting"\} 3/);
    waiting = 1;
    assert.match(await telemetry.text(), /forthright_deliveries\{state="waiting"\} 1\n/);
  });

  it('name nobody, and nothing that was done', async () => {
    const telemetry = makeTelemetry(quiet);
    const store = telemetry.store({ addSlip: failing } as unknown as Store);
    await assert.rejects(store.addSlip('2026-W48', noor.id, noor.conversationId));
    await assert.rejects(telemetry.turns(failing)(noor.id, { text: noor.name }));
    await assert.rejects(telemetry.courier(courierThat(failing)).notice(noor.conversationId, {} as never, go));
    const figures = await telemetry.text();
    assert.equal(countOf(figures, 'store write', 'failed'), 1, 'the premise');
    assert.deepEqual(foundIn(figures, canariesOf(noor)), []);
    assert.doesNotMatch(figures, /addSlip|notice|2026-W48/);
  });
});

const opened: { name: string; options?: SpanOptions; attributes: Attributes; ended: boolean }[] = [];

function startSpan(name: string, options?: SpanOptions): Span {
  const seen: (typeof opened)[number] = { name, attributes: {}, ended: false, ...(options && { options }) };
  opened.push(seen);
  return {
    setAttribute: (key: string, value: string) => void (seen.attributes[key] = value),
    end: () => void (seen.ended = true),
  } as unknown as Span;
}

describe('the spans for operators', () => {
  before(() => {
    trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) as unknown as Tracer });
  });
  after(() => trace.disable());
  beforeEach(() => void (opened.length = 0));

  it('are named after what is timed, hold how it ended and nothing else, also of an error', async () => {
    const telemetry = makeTelemetry({ ...quiet, traces: true });
    await telemetry.turns(async () => ({ status: 200 }))(noor.id, {});
    const store = telemetry.store({ slips: () => Promise.reject(new Error(noor.name)) } as unknown as Store);
    await assert.rejects(store.slips('', [noor.id]));
    assert.deepEqual(opened, [
      { name: 'turn', attributes: { 'forthright.ended': 'done' }, ended: true },
      { name: 'store read', attributes: { 'forthright.ended': 'failed' }, ended: true },
    ]);
  });

  it('are not opened unless they are wanted', async () => {
    await makeTelemetry(quiet).turns(async () => ({ status: 200 }))('', {});
    assert.deepEqual(opened, []);
  });
});
