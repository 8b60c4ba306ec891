import { type Span, trace } from '@opentelemetry/api';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Courier, Held } from './app/carrying.ts';
import { Conflict, type Store } from './app/ports.ts';
import type { Outcome } from './domain/delivery.ts';

/** Takes one HTTP request of Teams. */
type Take<Answer> = (authorization: string, body: unknown) => Promise<Answer>;

/** Figures and spans for operators. Its wrappers return the same again, timed. */
export interface Telemetry {
  turns<Answer extends { status: number }>(take: Take<Answer>): Take<Answer>;
  store(store: Store): Store;
  courier(courier: Courier): Courier;
  /** Counts one answer of the desk. */
  counted: (route: Counted, status: number) => void;
  /** The figures, in Prometheus' format. */
  text(): Promise<string>;
}

/**
 * What is timed, and how it may end. No verb, method, person or conversation is named: an ask would be told from a look at
 * a queue, and whoever also sees who was online in that minute would know who asked.
 */
type Timed = 'turn' | 'store read' | 'store write' | 'attempt';
type Ending = 'done' | 'refused' | 'conflict' | 'unknown' | 'permanent' | 'held' | 'failed';

/** In seconds, around the budget of a turn: three in all, two of them for the store. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10, 30];

const READS: ReadonlySet<string> = new Set<keyof Store>([
  ...(['ready', 'question', 'list', 'owing', 'nextOwed', 'hasOpen', 'seal', 'slips', 'voted', 'votes'] as const),
  ...([
    'counted',
    'greeted',
    'met',
    'channel',
    'channels',
    'waiting',
    'allWaiting',
    'blockedUntil',
    'stuck',
    'deliveries',
  ] as const),
]);

/** What is open to everyone is counted together: an ask would be told from a look at one's own questions. */
export interface Counted {
  path: string;
  may: 'everyone' | readonly string[];
}

export interface TelemetryNeeds {
  /** Spans too, for the OpenTelemetry SDK that an operator brings; without one they go nowhere. */
  traces: boolean;
  /** How many deliveries are in each state: asked whenever the figures are read. */
  deliveries: () => Promise<Readonly<Record<string, number>>>;
}

export function makeTelemetry({ traces, deliveries }: TelemetryNeeds): Telemetry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = makeSeconds(registry);
  addDeliveries(registry, deliveries);
  const tracer = trace.getTracer('forthright');

  /** Times one act. Results that are not errors may be bad endings too. */
  async function time<R>(of: Timed, act: () => Promise<R>, endingOf: (result: R) => Ending): Promise<R> {
    const span = traces ? tracer.startSpan(of) : undefined;
    const began = performance.now();
    const end = (ended: Ending) => {
      seconds.observe({ of, ended }, (performance.now() - began) / 1000);
      endSpan(span, ended);
    };
    try {
      const result = await act();
      end(endingOf(result));
      return result;
    } catch (error) {
      end(error instanceof Conflict ? 'conflict' : error instanceof Held ? 'held' : 'failed');
      throw error;
    }
  }

  function timeStore(store: Store): Store {
    const timed = wrap(store, (method, act) =>
      time(READS.has(method) ? 'store read' : 'store write', act, () => 'done'),
    );
    // Gives another store, and takes no time itself.
    const within: Store['within'] = (ms) => timeStore(store.within(ms));
    return new Proxy(timed, { get: (target, name) => (name === 'within' ? within : Reflect.get(target, name)) });
  }

  return {
    turns: (take) => (authorization, body) => time('turn', () => take(authorization, body), turnEnding),
    store: timeStore,
    courier: (courier) => wrap(courier, (_method, act) => time('attempt', act, attemptEnding)),
    counted: countRequests(registry),
    text: () => registry.metrics(),
  };
}

function makeSeconds(registry: Registry) {
  return new Histogram({
    name: 'forthright_seconds',
    help: 'How long turns, calls of the store and attempts to send took, by how they ended',
    labelNames: ['of', 'ended'],
    buckets: BUCKETS,
    registers: [registry],
  });
}

function countRequests(registry: Registry): Telemetry['counted'] {
  const requests = new Counter({
    name: 'forthright_desk_requests_total',
    help: 'Answers of the desk, by how the route of a role is written, and by the first digit of their status',
    labelNames: ['path', 'status'],
    registers: [registry],
  });
  return ({ path, may }, status) =>
    requests.inc({ path: may === 'everyone' ? 'everyone' : path, status: `${Math.floor(status / 100)}xx` });
}

function addDeliveries(registry: Registry, deliveries: TelemetryNeeds['deliveries']): void {
  const gauge: Gauge<'state'> = new Gauge({
    name: 'forthright_deliveries',
    help: 'Deliveries that are not done, by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await deliveries())) gauge.set({ state }, count);
    },
  });
}

/** Never the error itself: the SDK's hold conversation ids. */
function endSpan(span: Span | undefined, ended: Ending): void {
  span?.setAttribute('forthright.ended', ended);
  span?.end();
}

function turnEnding({ status }: { status: number }): Ending {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'done';
}

const ENDINGS: readonly string[] = ['refused', 'unknown', 'permanent'] satisfies Ending[];

/** An Outcome has one key, which says what it is. */
const attemptEnding = (outcome: unknown): Ending =>
  (Object.keys(outcome as Outcome).find((key) => ENDINGS.includes(key)) as Ending | undefined) ?? 'done';

type Act = () => Promise<unknown>;

/** The same object, each of its methods run by `run`. */
function wrap<T extends object>(object: T, run: (method: string, act: Act) => Promise<unknown>): T {
  const wrapped = new Map<string | symbol, unknown>();
  return new Proxy(object, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      const known = wrapped.get(name);
      if (known) return known;
      const timed = (...values: unknown[]) =>
        run(String(name), () => Reflect.apply(method, target, values) as Promise<unknown>);
      wrapped.set(name, timed);
      return timed;
    },
  });
}
