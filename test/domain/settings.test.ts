import assert from 'node:assert/strict';
import { parseDirectory } from '../../bot/directory-file.ts';
import { type Change, changesOf } from '../../bot/domain/settings-changes.ts';
import { type Fault, faultsOf } from '../../bot/domain/settings-faults.ts';
import { tidy } from '../../bot/domain/settings-tidy.ts';
import { PLAIN_POLICY, type Settings } from '../../bot/domain/settings.ts';
import { ana, CHANNEL, devi, directoryJson, ines, kaia, kofi, omar, otto } from '../support/cast.ts';

const settings = (): Settings => ({
  directory: parseDirectory(JSON.stringify(directoryJson())),
  policy: {
    ...PLAIN_POLICY,
    limits: { questions: 3, votes: 30 },
    mixing: { size: 3, minutes: 30 },
    holidays: [{ day: '2026-12-25', name: 'Christmas' }],
  },
});

const person = ({ aadObjectId: id, name }: typeof ines) => ({ id, name });

/** The cast's settings, changed. */
function changed(change: (settings: Settings) => unknown): Settings {
  const after = settings();
  change(after);
  return after;
}

const faults = (change: (settings: Settings) => unknown): Fault[] => faultsOf(changed(change), settings());
const changes = (change: (settings: Settings) => unknown): Change[] => changesOf(settings(), changed(change));

describe('faults of settings', () => {
  it('are none in what the cast has', () =>
    assert.deepEqual(
      faults(() => {}),
      [],
    ));

  const FAULTS: [string, (settings: Settings) => unknown, ...Fault[]][] = [
    ['the last admin taken away', ({ directory }) => (directory.admins = []), { at: 'admins', fault: 'nobody' }],
    ['no curator left', ({ directory }) => (directory.curators = []), { at: 'curators', fault: 'nobody' }],
    [
      'no leader left',
      ({ directory }) => Object.assign(directory, { leaders: [], defaults: {} }),
      { at: 'leaders', fault: 'nobody' },
    ],
    [
      'a default leader who is gone',
      ({ directory }) => directory.leaders.shift(),
      { at: 'defaults.leader', fault: 'not-a-leader' },
    ],
    [
      'a nameless curator',
      ({ directory }) => Object.assign(directory.curators[1] ?? {}, { name: '' }),
      { at: 'curators.1.name', fault: 'blank' },
    ],
    [
      'a name that is too long',
      ({ directory }) => Object.assign(directory.admins[0] ?? {}, { name: 'x'.repeat(101) }),
      { at: 'admins.0.name', fault: 'too-long', most: 100 },
    ],
    [
      'an e-mail address for an id',
      ({ directory }) => directory.curators.push({ ...person(omar), id: omar.email }),
      { at: 'curators.2.id', fault: 'no-id' },
    ],
    [
      'somebody who stands there twice',
      ({ directory }) => directory.curators.push(person(kofi)),
      { at: 'curators.2.id', fault: 'twice' },
    ],
    [
      'a delegate without an id',
      ({ directory }) => directory.leaders[1]?.delegates.push({ id: '', name: omar.name }),
      { at: 'leaders.1.delegates.0.id', fault: 'no-id' },
    ],
    ['a topic twice', ({ directory }) => directory.topics.push('Culture'), { at: 'topics.3', fault: 'twice' }],
    ['a blank topic', ({ directory }) => directory.topics.push(''), { at: 'topics.3', fault: 'blank' }],
    [
      'a leader’s topic that is none',
      ({ directory }) => Object.assign(directory.leaders[0] ?? {}, { topics: ['Golf'] }),
      { at: 'leaders.0.topics', fault: 'not-a-topic' },
    ],
    [
      'an audience of nobody',
      ({ directory }) => (directory.audience = 0),
      { at: 'audience', fault: 'not-between', least: 1, most: 10_000_000 },
    ],
    [
      'half a question a day',
      ({ policy }) => (policy.limits.questions = 0.5),
      { at: 'policy.limits.questions', fault: 'not-between', least: 0, most: 1000 },
    ],
    [
      'a wait of two days',
      ({ policy }) => (policy.mixing.minutes = 2880),
      { at: 'policy.mixing.minutes', fault: 'not-between', least: 0, most: 1440 },
    ],
    [
      'a day that no calendar has',
      ({ policy }) => policy.holidays.push({ day: '2026-02-30', name: 'Never' }),
      { at: 'policy.holidays.1.day', fault: 'not-a-day' },
    ],
    [
      'a holiday twice',
      ({ policy }) => policy.holidays.push({ day: '2026-12-25', name: 'Again' }),
      { at: 'policy.holidays.1.day', fault: 'twice' },
    ],
    ['no language', ({ policy }) => (policy.language = 'English'), { at: 'policy.language', fault: 'no-language' }],
  ];
  for (const [what, change, ...found] of FAULTS)
    it(`tell of ${what}, at its field`, () => assert.deepEqual(faults(change), found));

  it('are all told at once', () => {
    const found = faults(({ directory, policy }) => {
      directory.admins = [];
      directory.topics = [''];
      policy.overdueDays = 0;
    });
    assert.deepEqual(
      found.map(({ at }) => at),
      ['admins', 'topics.0', 'policy.overdueDays'],
    );
  });

  it('are not found in ids that a directory file gave in a way of its own', () => {
    const before = changed(({ directory }) => directory.curators.push({ id: 'lab-7', name: 'Lab' }));
    assert.deepEqual(faultsOf(before, before), []);
    assert.equal(faultsOf(before, settings()).length, 1);
  });
});

describe('changes of settings', () => {
  it('are none where nothing changed', () =>
    assert.deepEqual(
      changes(() => {}),
      [],
    ));

  it('name who came and who went, in each group', () => {
    const found = changes(({ directory }) => {
      directory.curators = [person(kaia), person(omar)];
      directory.admins.push(person(kofi));
      directory.leaders[0]?.delegates.pop();
    });
    assert.deepEqual(found, [
      { what: 'delegate', of: ines.name, from: devi.name },
      { what: 'curator', to: omar.name },
      { what: 'curator', from: kofi.name },
      { what: 'admin', to: kofi.name },
    ]);
  });

  it('tell all of a new leader, and that one went', () => {
    const found = changes(({ directory }) => {
      directory.leaders.splice(0, 1, {
        ...person(omar),
        title: 'Chief',
        topics: ['Culture'],
        delegates: [person(ana)],
      });
      directory.defaults.leader = otto.aadObjectId;
    });
    assert.deepEqual(found, [
      { what: 'leader', to: omar.name },
      { what: 'leader', from: ines.name },
      { what: 'leader-title', of: omar.name, to: 'Chief' },
      { what: 'leader-topics', of: omar.name, to: 'Culture' },
      { what: 'delegate', of: omar.name, to: ana.name },
      { what: 'default-leader', from: ines.name, to: otto.name },
    ]);
  });

  it('tell numbers, days and names from what to what', () => {
    const found = changes(({ directory, policy }) => {
      directory.leaders.reverse();
      Object.assign(directory.leaders[1] ?? {}, { name: 'Ines V.' });
      directory.audience = 800;
      directory.defaults = { leader: ines.aadObjectId };
      policy.limits.questions = 5;
      policy.mixing.size = 1;
      policy.holidays = [{ day: '2026-12-26', name: 'Boxing Day' }];
    });
    assert.deepEqual(found, [
      { what: 'leader-name', of: 'Ines V.', from: ines.name, to: 'Ines V.' },
      { what: 'leader-order', from: `${ines.name}, ${otto.name}`, to: `${otto.name}, ${ines.name}` },
      { what: 'audience', to: '800' },
      { what: 'default-leader', from: ines.name, to: 'Ines V.' },
      { what: 'default-channel', from: CHANNEL.name },
      { what: 'questions-a-day', from: '3', to: '5' },
      { what: 'mix-size', from: '3', to: '1' },
      { what: 'holiday', to: 'Boxing Day (2026-12-26)' },
      { what: 'holiday', from: 'Christmas (2026-12-25)' },
    ]);
  });
});

describe('settings that were typed', () => {
  it('are kept without what nobody sees, ids in lower case, holidays in order', () => {
    const typed = changed(({ directory, policy }) => {
      directory.curators = [{ id: ` ${kofi.aadObjectId.toUpperCase()} `, name: '  Kofi\u202E \n Tamarisk\u200B ' }];
      directory.defaults = { leader: ines.aadObjectId.toUpperCase(), channel: ' ' };
      Object.assign(directory.leaders[1] ?? {}, { title: ' ', topics: [] });
      policy.holidays.unshift({ day: '2027-01-01 ', name: 'New Year' });
    });
    const { directory, policy } = tidy(typed);
    assert.deepEqual(directory.curators, [person(kofi)]);
    assert.deepEqual(directory.defaults, { leader: ines.aadObjectId });
    assert.deepEqual(directory.leaders[1], { ...person(otto), delegates: [] });
    assert.deepEqual(
      policy.holidays.map(({ day }) => day),
      ['2026-12-25', '2027-01-01'],
    );
  });

  it('are as they were where nothing was to tidy', () => assert.deepEqual(tidy(settings()), settings()));
});
