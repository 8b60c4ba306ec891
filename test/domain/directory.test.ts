import assert from 'node:assert/strict';
import { type Directory, isSmall, leaderOf, nameOf, queuesOf, rolesOf } from '../../bot/domain/directory.ts';
import { ana, devi, ines, kofi, omar, otto, type Person } from '../support/cast.ts';

const entry = ({ aadObjectId, name }: Person) => ({ id: aadObjectId, name });
const directory: Directory = {
  leaders: [
    { ...entry(ines), delegates: [entry(devi)] },
    // Otto drafts for nobody, and Ines drafts for him.
    { ...entry(otto), delegates: [entry(ines), entry(devi)] },
  ],
  curators: [entry(kofi), entry(devi)],
  admins: [entry(ana)],
  topics: [],
  defaults: {},
};
const names = (people: { name: string }[]) => people.map(({ name }) => name.split(' ')[0]);

const small = (all: number | undefined, own?: number) =>
  isSmall({ ...directory, audience: all }, { id: 'x', name: 'X', delegates: [], audience: own });

describe('the directory', () => {
  it('tells who leads', () => {
    assert.equal(leaderOf(directory, ines.aadObjectId)?.name, ines.name);
    for (const other of [devi, kofi, omar]) assert.equal(leaderOf(directory, other.aadObjectId), undefined);
  });

  it('opens a queue to its leader and to those who draft for them, one’s own first', () => {
    assert.deepEqual(names(queuesOf(directory, ines.aadObjectId)), ['Ines', 'Otto']);
    assert.deepEqual(names(queuesOf(directory, otto.aadObjectId)), ['Otto']);
    assert.deepEqual(names(queuesOf(directory, devi.aadObjectId)), ['Ines', 'Otto']);
    for (const other of [kofi, ana, omar]) assert.deepEqual(queuesOf(directory, other.aadObjectId), []);
  });

  it('knows every role of a person, once each', () => {
    assert.deepEqual(rolesOf(directory, ines.aadObjectId), ['leader', 'delegate']);
    assert.deepEqual(rolesOf(directory, devi.aadObjectId), ['delegate', 'curator']);
    assert.deepEqual(rolesOf(directory, ana.aadObjectId), ['admin']);
    assert.deepEqual(rolesOf(directory, omar.aadObjectId), []);
    assert.deepEqual(rolesOf(directory, ''), []);
  });

  it('tells a small audience: fewer than ten, the leader’s own number first; unknown is not small', () => {
    assert.deepEqual([small(9), small(10), small(1), small(undefined)], [true, false, true, false]);
    assert.deepEqual(
      [small(500, 9), small(9, 10), small(undefined, 9), small(undefined, 10)],
      [true, false, true, false],
    );
  });

  it('names everyone with a role, and nobody else', () => {
    for (const person of [ines, otto, devi, kofi, ana])
      assert.equal(nameOf(directory, person.aadObjectId), person.name);
    assert.equal(nameOf(directory, omar.aadObjectId), undefined);
  });

  it('does not take an employee’s chat id or name for an id', () => {
    for (const claim of [ines.id, ines.name, ines.aadObjectId.toUpperCase()])
      assert.deepEqual(rolesOf(directory, claim), [], claim);
  });
});
