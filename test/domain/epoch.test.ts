import assert from 'node:assert/strict';
import { isDue, type Moment, pace, watch, type Watched } from '../../bot/domain/epoch.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const START = Date.UTC(2026, 10, 23);
const KEEP = { afterClose: 30, atMost: 90 };

/** A machine whose clock may be wrong, and an epoch that ended. The bot looks every hour. */
class Machine {
  real = START;
  off = 0;
  pace = START;
  watched: Watched = {};
  hasOpen = true;
  /** The real time at which the keys were destroyed. */
  gone: number | undefined;

  look(passed: number): void {
    const clock = this.real + this.off;
    this.pace = pace(this.pace, clock, passed);
    const moment: Moment = { clock, pace: this.pace };
    this.watched = watch(this.watched, { isLive: false, hasOpen: this.hasOpen }, moment);
    if (isDue(this.watched, KEEP, moment)) this.gone ??= this.real;
  }

  runs(ms: number): this {
    for (let passed = 0; passed < ms; passed += HOUR) {
      this.real += HOUR;
      this.look(HOUR);
    }
    return this;
  }

  isOff(ms: number): this {
    this.real += ms;
    this.look(0);
    return this;
  }

  closes(): this {
    this.hasOpen = false;
    return this;
  }

  /** Days after `since` at which the keys went; nothing where they are there. */
  goneAfter(since: number): number | undefined {
    return this.gone === undefined ? undefined : (this.gone - since) / DAY;
  }
}

const near = (days: number | undefined, from: number, to: number) =>
  assert.ok(days !== undefined && days >= from && days <= to, `gone after ${days} days, not ${from} to ${to}`);

describe('an epoch’s keys', () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
    machine.look(0);
  });

  it('are destroyed 30 days after the last question closed, not earlier', () => {
    machine.runs(10 * DAY);
    const closed = machine.closes().real;
    machine.runs(60 * DAY);
    near(machine.goneAfter(closed), 30, 31.1);
  });

  it('are destroyed 90 days after the epoch ended, though questions are still open', () => {
    near(machine.runs(120 * DAY).goneAfter(START), 90, 90.1);
  });

  it('wait anew for a question that entered after all were closed', () => {
    machine.closes().runs(20 * DAY);
    machine.hasOpen = true;
    machine.runs(DAY);
    const closed = machine.closes().real;
    near(machine.runs(60 * DAY).goneAfter(closed), 30, 31.1);
  });

  it('are watched from their end on: while the week is current, nothing is noted', () => {
    const moment = { clock: START, pace: START };
    assert.deepEqual(watch({ ended: 1, closed: 1 }, { isLive: true, hasOpen: false }, moment), {});
    assert.equal(isDue({}, KEEP, { clock: START + YEAR, pace: START + YEAR }), false);
  });

  it('outlive a clock that is a year ahead for one look, or for ten starts of the bot', () => {
    machine.off = YEAR;
    machine.look(HOUR);
    for (let starts = 0; starts < 10; starts += 1) machine.look(0);
    machine.off = 0;
    assert.equal(machine.runs(DAY).gone, undefined);
    near(
      machine
        .closes()
        .runs(60 * DAY)
        .goneAfter(START),
      30,
      33,
    );
  });

  for (const [when, closes] of [
    ['open', false],
    ['closed', true],
  ] as const) {
    it(`lose no more than a weekend to a clock that is a year ahead over one, its questions ${when}`, () => {
      if (closes) machine.closes();
      machine.runs(5 * DAY);
      machine.off = YEAR;
      machine.runs(2 * DAY);
      assert.equal(machine.gone, undefined);
      machine.off = 0;
      const days = closes ? 30 : 90;
      near(machine.runs(120 * DAY).goneAfter(START), days - 2, days + 3);
    });
  }

  it('whose last question closed while the clock was a year ahead are gone a month later, not a year', () => {
    machine.runs(5 * DAY);
    machine.off = YEAR;
    machine.runs(DAY / 2);
    machine.closes().runs(DAY / 2);
    const closed = machine.real;
    machine.off = 0;
    near(machine.runs(60 * DAY).goneAfter(closed), 29, 32);
  });

  it('are not destroyed early by a clock that was a year back for a week, nor a year late', () => {
    machine.runs(5 * DAY);
    machine.off = -YEAR;
    machine.runs(3 * DAY);
    const closed = machine.closes().real;
    machine.runs(4 * DAY);
    assert.equal(machine.gone, undefined);
    machine.off = 0;
    near(machine.runs(100 * DAY).goneAfter(closed), 29.9, 38);
  });

  it('are late by at most as long as the bot was off', () => {
    machine
      .closes()
      .runs(DAY)
      .isOff(20 * DAY)
      .runs(60 * DAY);
    near(machine.goneAfter(START), 30, 30 + 20);
  });

  it('that closed right after the bot was off for a month are not destroyed early', () => {
    machine.isOff(40 * DAY).runs(DAY);
    const closed = machine.closes().real;
    near(machine.runs(90 * DAY).goneAfter(closed), 30, 45);
  });

  it('go in time where the bot is started anew every day', () => {
    machine.closes();
    for (let day = 0; day < 60; day += 1) machine.runs(23 * HOUR).isOff(HOUR);
    near(machine.goneAfter(START), 30, 32);
  });
});
