import assert from 'node:assert/strict';
import { dayIn, instantOf, isZone, nextFree, type Slots, slotsBetween, timeIn } from '../../bot/domain/slot.ts';

const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
const at = (text: string) => Date.parse(`${text}:00Z`);

const BERLIN: Slots = {
  zone: 'Europe/Berlin',
  weekly: [
    { weekday: 2, time: '09:00' },
    { weekday: 4, time: '14:30' },
  ],
  holidays: [],
};

describe('the instant of a time of day', () => {
  const times: [zone: string, day: string, time: string, utc: string, what: string][] = [
    ['Europe/Berlin', '2026-11-24', '09:00', '2026-11-24T08:00', 'in winter'],
    ['Europe/Berlin', '2026-07-21', '09:00', '2026-07-21T07:00', 'in summer'],
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30', 'left out in spring: 03:30 is shown'],
    ['Europe/Berlin', '2026-03-29', '03:00', '2026-03-29T01:00', 'right after the hour that is left out'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30', 'shown twice in autumn: the first'],
    ['Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T02:00', 'right after the hour that is shown twice'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30', 'left out in spring, west of Greenwich'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30', 'shown twice, west of Greenwich'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45', 'left out where clocks move by half an hour'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45', 'shown twice where clocks move by half an hour'],
    ['Asia/Kolkata', '2026-03-29', '02:30', '2026-03-28T21:00', 'where clocks never move'],
    ['Pacific/Kiritimati', '2026-01-01', '00:30', '2025-12-31T10:30', 'fourteen hours ahead'],
    ['America/Santiago', '2026-09-06', '00:15', '2026-09-06T04:15', 'left out at midnight'],
    ['UTC', '2026-02-28', '23:59', '2026-02-28T23:59', 'in UTC'],
  ];
  for (const [zone, day, time, utc, what] of times) {
    it(`is right ${what}: ${day} ${time} in ${zone}`, () => assert.equal(iso(instantOf(zone, day, time)), utc));
  }

  it('reads back as the same time of day, but for the hour that is left out', () => {
    for (const [zone, day, time, , what] of times) {
      const instant = instantOf(zone, day, time);
      const shown = `${dayIn(zone, instant)} ${timeIn(zone, instant)}`;
      assert.equal(shown === `${day} ${time}`, !what.startsWith('left out'), `${zone} ${day} ${time}: ${shown}`);
    }
  });
});

describe('a zone', () => {
  it('is a name that knows its summers', () => {
    for (const zone of ['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC']) assert.ok(isZone(zone), zone);
    for (const zone of ['Europe/Nowhere', '', '+01:00', 'Europe/Berlin; DROP']) assert.ok(!isZone(zone), zone);
  });
});

describe('Slots', () => {
  it('come every week at the same time by the clocks of their zone, over both changes', () => {
    const spring = slotsBetween(BERLIN, at('2026-03-23T00:00'), at('2026-04-06T00:00')).map(iso);
    assert.deepEqual(spring, ['2026-03-24T08:00', '2026-03-26T13:30', '2026-03-31T07:00', '2026-04-02T12:30']);
    const autumn = slotsBetween(BERLIN, at('2026-10-20T00:00'), at('2026-10-30T00:00')).map(iso);
    assert.deepEqual(autumn, ['2026-10-20T07:00', '2026-10-22T12:30', '2026-10-27T08:00', '2026-10-29T13:30']);
  });

  it('fall on the weekday of their zone, not of UTC', () => {
    const monday = { zone: 'Pacific/Auckland', weekly: [{ weekday: 1, time: '08:00' }], holidays: [] };
    assert.deepEqual(slotsBetween(monday, at('2026-11-20T00:00'), at('2026-11-25T00:00')).map(iso), [
      '2026-11-22T19:00',
    ]);
  });

  it('are left out on holidays of their zone', () => {
    const holidays = ['2026-11-24'];
    assert.deepEqual(slotsBetween({ ...BERLIN, holidays }, at('2026-11-23T00:00'), at('2026-11-30T00:00')).map(iso), [
      '2026-11-26T13:30',
    ]);
  });

  it('begin with the instant itself, end before the other, and stand there once', () => {
    const twice = { ...BERLIN, weekly: [...BERLIN.weekly, ...BERLIN.weekly].toReversed() };
    const [from, until] = [at('2026-11-24T08:00'), at('2026-11-26T13:30')];
    assert.deepEqual(slotsBetween(twice, from, until), [from]);
    assert.deepEqual(slotsBetween(twice, from, until + 1), [from, until]);
  });
});

describe('the next free Slots', () => {
  const monday = at('2026-11-23T12:00');
  const free = (most: number, planned: number[] = [], slots = BERLIN) =>
    nextFree(slots, monday, { planned, most }).map(iso);

  it('are those after now for which nothing is planned', () => {
    assert.deepEqual(free(3), ['2026-11-24T08:00', '2026-11-26T13:30', '2026-12-01T08:00']);
    assert.deepEqual(free(1, [at('2026-11-24T08:00')]), ['2026-11-26T13:30']);
  });

  it('do not hold the Slot that is just now', () =>
    assert.deepEqual(nextFree(BERLIN, at('2026-11-24T08:00'), { planned: [], most: 1 }).map(iso), [
      '2026-11-26T13:30',
    ]));

  it('are none where the week has none', () => assert.deepEqual(free(1, [], { ...BERLIN, weekly: [] }), []));

  it('are none further than a year ahead', () => assert.ok(free(1000).length < 110 && free(1000).length > 100));
});
