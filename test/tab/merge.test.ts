import assert from 'node:assert/strict';
import { merge, same } from '../../tab/pages/settings/merge.ts';

const BASE = {
  curators: [
    { id: 'k', name: 'Kofi' },
    { id: 'a', name: 'Kaia' },
  ],
  topics: ['Pay', 'Culture'],
  defaults: { leader: 'i', channel: 'General' },
  audience: 800,
};
type Settings = Omit<typeof BASE, 'audience'> & { audience?: number | undefined };
const changed = (change: (settings: Settings) => unknown): Settings => {
  const settings: Settings = structuredClone(BASE);
  change(settings);
  return settings;
};

describe('what two admins changed at once', () => {
  it('is both, where they changed different things', () => {
    const merged = merge<Settings>(
      BASE,
      changed((mine) => Object.assign(mine, { audience: 900, topics: ['Pay', 'Culture', 'Lunch'] })),
      changed((theirs) => {
        theirs.defaults.channel = 'Ask';
        theirs.curators.push({ id: 'o', name: 'Omar' });
      }),
    );
    assert.deepEqual(
      merged,
      changed((both) => {
        Object.assign(both, { audience: 900, topics: ['Pay', 'Culture', 'Lunch'] });
        both.defaults.channel = 'Ask';
        both.curators.push({ id: 'o', name: 'Omar' });
      }),
    );
  });

  it('is mine, where both changed one thing: it is still to be saved, and seen', () => {
    const merged = merge<Settings>(
      BASE,
      changed((mine) => (mine.curators[0]!.name = 'Kofi T.')),
      changed((theirs) => (theirs.curators[0]!.name = 'Kofi Tamarisk')),
    );
    assert.equal(merged.curators[0]?.name, 'Kofi T.');
  });

  it('takes away whom either took away, and keeps whom both added, once', () => {
    const omar = { id: 'o', name: 'Omar' };
    const merged = merge<Settings>(
      BASE,
      changed((mine) => void mine.curators.splice(0, 1, omar)),
      changed((theirs) => void theirs.curators.splice(1, 1, omar)),
    );
    assert.deepEqual(merged.curators, [omar]);
  });

  it('keeps whom I took away where somebody else changed them meanwhile', () => {
    const merged = merge<Settings>(
      BASE,
      changed((mine) => void mine.curators.shift()),
      changed((theirs) => (theirs.curators[0]!.name = 'Kofi Tamarisk')),
    );
    assert.deepEqual(
      merged.curators.map(({ name }) => name),
      ['Kofi Tamarisk', 'Kaia'],
    );
  });

  it('keeps every row that I have begun and not filled in', () => {
    const begun = { id: '', name: '' };
    const merged = merge<Settings>(
      BASE,
      changed((mine) => mine.curators.push(begun, begun)),
      changed((theirs) => theirs.topics.push('Lunch')),
    );
    assert.deepEqual(merged.curators.slice(2), [begun, begun]);
    assert.deepEqual(merged.topics, ['Pay', 'Culture', 'Lunch']);
  });

  it('is theirs where I changed nothing, however the fields are ordered', () => {
    const theirs = changed(({ topics }) => topics.pop());
    const { audience, ...rest } = structuredClone(BASE);
    assert.equal(merge<Settings>(BASE, { audience, ...rest }, theirs), theirs);
    assert.ok(same({ a: 1, b: undefined }, { a: 1 }));
    assert.ok(!same(['a', 'b'], ['b', 'a']));
  });
});
