import assert from 'node:assert/strict';
import { keepToken, type Token } from '../../tab/token.ts';

const HOUR = 3_600_000;

/** As much of a token as the desk looks at. */
const tokenUntil = (ms: number, id = 'a'): string =>
  `${id}.${Buffer.from(JSON.stringify({ exp: ms / 1000, name: 'Søren' })).toString('base64url')}.sig`;

describe('the token of the desk', () => {
  let now: number;
  let asked: number;
  let token: Token;
  beforeEach(() => {
    [now, asked] = [0, 0];
    token = keepToken(
      () => Promise.resolve(tokenUntil(now + HOUR, `token${(asked += 1)}`)),
      () => now,
    );
  });

  it('is asked for once, however many want it at once', async () => {
    const all = await Promise.all([token(), token(), token()]);
    assert.equal(new Set(all).size, 1);
    assert.equal(asked, 1);
  });

  it('is kept until a minute before it expires', async () => {
    const first = await token();
    now = HOUR - 61_000;
    assert.equal(await token(), first);
    now = HOUR - 59_000;
    assert.notEqual(await token(), first);
    assert.equal(asked, 2);
  });

  it('is asked for anew where it was not taken, once for all who tell of the same one', async () => {
    const first = await token();
    const [second, third] = await Promise.all([token(first), token(first)]);
    assert.notEqual(second, first);
    assert.equal(third, second);
    assert.equal(await token(first), second, 'somebody who heard of it later');
    assert.equal(asked, 2);
  });

  it('that cannot be read is used, and never kept', async () => {
    token = keepToken(
      () => Promise.resolve(`unreadable ${(asked += 1)}`),
      () => now,
    );
    assert.notEqual(await token(), await token());
  });

  it('is asked for again after Teams had none', async () => {
    let fails = true;
    token = keepToken(
      () => (fails ? Promise.reject(new Error('CancelledByUser')) : Promise.resolve(tokenUntil(HOUR))),
      () => now,
    );
    await assert.rejects(token());
    fails = false;
    assert.ok(await token());
  });
});
