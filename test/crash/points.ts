export type Moment = 'before' | 'after';

/** Where a process dies: at the nth call of this name (`port.method`), once the call `since` has returned. */
export interface Aim {
  call: string;
  when: Moment;
  nth?: number;
  since?: string;
}

/** What people do, or what happens to the process, when it dies. */
export type During =
  | 'asks'
  | 'asks, mixed'
  | 'answers'
  | 'publishes'
  | 'publishes in two channels'
  | 'votes'
  | 'follows up'
  | 'withdraws'
  | 'withdraws, waiting'
  | 'first start'
  | 'turn of the week'
  | 'destruction';

export interface Point extends Aim {
  name: string;
  during: During;
  /** A private card may stand in Teams, and nobody wrote that down: it is sent again. */
  cut?: boolean;
}

/** Counts the call towards the aim; true where that is the one. */
export function isHit(aim: Aim, call: string, when: Moment): boolean {
  if (aim.since !== undefined) {
    if (aim.since === call && when === 'after') delete aim.since;
    return false;
  }
  if (aim.call !== call || aim.when !== when) return false;
  aim.nth = (aim.nth ?? 1) - 1;
  return aim.nth === 0;
}

type Row = [name: string, call: string, when: Moment, more?: Pick<Point, 'nth' | 'since' | 'cut'>];

/** The list of the threats (section Crash), each as the call at which it lies. */
const TABLE: Record<During, Row[]> = {
  asks: [
    ['before anything is written', 'store.putSeal', 'before'],
    ['Seal written, Question not', 'store.putSeal', 'after'],
    ['Seal and Slip written, Question not', 'store.addSlip', 'after'],
    ['before the durable write', 'store.add', 'before'],
    ['after the durable write, before the acknowledgement', 'store.add', 'after'],
    ['acknowledgement made, not sent', 'http.take', 'after', { cut: true }],
    ['after the acknowledgement', 'http.answer', 'after', { cut: true }],
    ['owed, lease not taken', 'courier.card', 'before'],
    ['lease taken, not sent', 'courier.card.go', 'after'],
    ['sent, activity id not saved', 'courier.card', 'after', { cut: true }],
    ['sent, on its way into the store', 'store.save', 'before', { since: 'courier.card.go', cut: true }],
    ['id saved, Delivery done', 'store.save', 'after', { since: 'courier.card.go' }],
  ],
  'asks, mixed': [
    ['waiting not written', 'store.addWaiting', 'before'],
    ['waiting written, not acknowledged', 'store.addWaiting', 'after'],
    ['enough have gathered, none entered', 'store.add', 'before'],
    ['one entered, waits still', 'store.eraseWaiting', 'before'],
    ['one of two entered', 'store.eraseWaiting', 'after'],
    ['both entered, not sent', 'courier.card', 'before'],
  ],
  answers: [
    ['answer not written', 'store.save', 'before'],
    ['answer written, not acknowledged', 'store.save', 'after'],
    ['answer written, card not updated', 'courier.card', 'before'],
    ['card updated, not recorded', 'courier.card', 'after'],
    ['some cards updated', 'courier.card', 'before', { nth: 3 }],
    ['capsule opened, notice not sent', 'opener.open', 'after'],
    ['capsule opened, lease taken, notice not sent', 'courier.notice.go', 'after'],
    ['notice sent, not marked', 'courier.notice', 'after'],
  ],
  publishes: [
    ['post begun, not sent', 'courier.post.go', 'after'],
    ['post sent, its id not saved', 'courier.post', 'after'],
    ['its id saved, Delivery not done', 'store.save', 'after', { since: 'courier.post' }],
    ['answer begun, not sent', 'courier.post.go', 'after', { nth: 2 }],
    ['answer sent, its id not saved', 'courier.post', 'after', { nth: 2 }],
  ],
  'publishes in two channels': [
    ['one of two channels done', 'courier.post', 'before', { nth: 3 }],
    ['one of two channels done, the other posted', 'courier.post', 'after', { nth: 3 }],
  ],
  votes: [
    ['vote not written', 'store.addVote', 'before'],
    ['vote written, not counted', 'store.addVote', 'after'],
    ['vote counted, not acknowledged', 'store.save', 'after'],
  ],
  'follows up': [
    ['follow-up not written', 'store.save', 'before'],
    ['follow-up written, not acknowledged', 'store.save', 'after'],
    ['follow-up written, card not sent', 'courier.card', 'before'],
  ],
  withdraws: [
    ['words still there', 'store.save', 'before'],
    ['words erased, log not emptied', 'sqlite.checkpoint', 'before'],
    ['log emptied, Seal still there', 'sqlite.checkpoint', 'after'],
    ['words erased, Seal still there', 'store.eraseSeal', 'before'],
    ['Seal erased, Slip still there', 'store.eraseSeal', 'after'],
    ['Slip not blanked', 'store.putSlip', 'before'],
    ['Slip blanked, not acknowledged', 'store.putSlip', 'after'],
    ['leader not told', 'courier.tell', 'before'],
    ['leader told, not marked', 'courier.tell', 'after'],
  ],
  'withdraws, waiting': [
    ['not taken back', 'store.add', 'before'],
    ['taken back, Seal still there', 'store.add', 'after'],
    ['Seal erased, waits still', 'store.eraseWaiting', 'before'],
    ['waits no more, Slip still there', 'store.eraseWaiting', 'after'],
  ],
  'first start': [
    ['migration not begun', 'sqlite.begin', 'before'],
    ['a step half done', 'sqlite.migrate.half', 'after'],
    ['a step done, not committed', 'sqlite.migrate', 'after'],
    ['a step committed', 'sqlite.commit', 'after'],
    ['first key file not in place', 'keys.renameSync', 'before'],
    ['first key file in place', 'keys.renameSync', 'after'],
    ['log not emptied', 'sqlite.checkpoint', 'before'],
    ['no database yet', 'cosmos.post', 'before'],
    ['database made, without containers', 'cosmos.post', 'after'],
    ['some containers made', 'cosmos.post', 'after', { nth: 5 }],
  ],
  'turn of the week': [
    ['what was seen of the weeks not written', 'keys.openSync', 'before'],
    ['new keys made, not in place', 'keys.renameSync', 'before', { nth: 2 }],
    ['new keys in place', 'keys.renameSync', 'after', { nth: 2 }],
  ],
  destruction: [
    ['keys due, still there', 'keys.renameSync', 'before', { nth: 2 }],
    ['keys gone from the file, its old bytes not overwritten', 'keys.renameSync', 'after', { nth: 2 }],
    ['old bytes overwritten', 'keys.writeSync', 'after'],
    ['keys gone, rows still there', 'store.eraseEpoch', 'before'],
    ['rows erased, log not emptied', 'sqlite.checkpoint', 'before', { nth: 2 }],
    ['some rows erased', 'cosmos.delete', 'after'],
    ['rows erased', 'store.eraseEpoch', 'after'],
  ],
};

const POINTS: readonly Point[] = Object.entries(TABLE).flatMap(([during, rows]) =>
  rows.map(([name, call, when, more]) => ({ name, call, when, ...more, during: during as During })),
);

/** Calls that one store alone makes. */
const OWN = { SQLite: 'sqlite.', 'Cosmos DB': 'cosmos.' };
export type StoreKind = keyof typeof OWN;

/** Every named point at which a process on this store is killed. */
export const pointsOn = (store: StoreKind): Point[] => {
  const others = Object.entries(OWN).flatMap(([other, prefix]) => (other === store ? [] : [prefix]));
  return POINTS.filter(({ call }) => !others.some((prefix) => call.startsWith(prefix)));
};
