import assert from 'node:assert/strict';
import { addressOf, PAGE_NAMES, placeAt, placeNamed } from '../../tab/address.ts';

describe('an address of the desk', () => {
  it('leads to each page and back', () => {
    for (const page of PAGE_NAMES) assert.deepEqual(placeAt(addressOf({ page })), { page, search: {} });
  });

  it('names one thread, and keeps filters behind it', () => {
    const place = { page: 'q', id: 'a_b-c', search: { week: '2026-W48' } } as const;
    assert.equal(addressOf(place), '/tab/q/a_b-c?week=2026-W48');
    assert.deepEqual(placeAt('/tab/q/a_b-c?week=2026-W48'), place);
  });

  it('is the same as a deep link of Teams names it', () => {
    assert.deepEqual(placeNamed('q/abc'), { page: 'q', id: 'abc', search: {} });
    assert.equal(placeNamed(''), undefined);
  });

  it('leaves out filters that are not set', () => {
    assert.equal(
      addressOf({ page: 'board', search: { leader: '', topic: 'Pay & more' } }),
      '/tab/board?topic=Pay+%26+more',
    );
  });

  for (const wrong of ['/tab', '/tab/', '/tab/nothing', '/tab/q/a/b', '/privacy', '/tabs/answers', '/tab/__proto__']) {
    it(`${wrong} is no page`, () => assert.equal(placeAt(wrong), undefined));
  }

  it('with a broken escape or another origin in it stays a place of ours', () => {
    assert.deepEqual(placeAt('/tab/q/%E0%A4%A'), { page: 'q', id: '%E0%A4%A', search: {} });
    assert.equal(addressOf({ page: 'q', id: '../../x?y#z' }), '/tab/q/..%2F..%2Fx%3Fy%23z');
  });
});
