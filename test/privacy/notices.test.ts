import assert from 'node:assert/strict';
import { crowd, ines, otto } from '../support/cast.ts';
import type { Card } from '../support/client.ts';
import { type Company, openCompany } from './company.ts';

describe('privacy: notices to askers', () => {
  let company: Company;
  before(async () => void (company = await openCompany()));
  after(() => company.close());

  /** Everything that a leader can do that an asker is told of. */
  const TOLD: [what: string, act: (card: Card) => Promise<unknown>][] = [
    ['an answer', (card) => company.scene.answered(card, 'The lift is mended.')],
    ['a decline', async (card) => press((await press(card, 'Decline')).card, 'Decline', { reason: 'personal' })],
    ['an ask-back', async (card) => press((await press(card, 'Ask back')).card, 'Send', { words: 'Which lift?' })],
    ['a promise', async (card) => press((await press(card, 'Later')).card, 'Promise')],
    ['a new leader', async (card) => press((await press(card, 'Hand on')).card, 'Hand on', { to: otto.aadObjectId })],
  ];
  const press = (card: Card | undefined, title: string, inputs = {}) => company.scene.ines.press(card, title, inputs);

  it('are the same bytes for everybody, whatever happened, and name nothing of it', async () => {
    const { scene } = company;
    const sent: string[] = [];
    for (const [at, [what, act]] of TOLD.entries()) {
      const person = crowd[at] ?? ines;
      const card = await company.asks(person, `Sesquipedalian question number ${at}?`);
      const toThem = () => scene.teams.requests.filter(({ path }) => path.includes(person.conversationId));
      const before = toThem().length;
      await act(card);
      await scene.teams.until(() => toThem().length > before);
      await scene.settled();
      const notices = toThem().slice(before);
      assert.equal(notices.length, 1, what);
      sent.push(JSON.stringify([notices[0]?.method, notices[0]?.body]));
    }
    assert.equal(sent.length, 5);
    assert.deepEqual([...new Set(sent)], [sent[0]], 'Notices differ');
    assert.doesNotMatch(String(sent[0]), /Sesquipedalian|lift|Ines|Otto|Varandell|Harrowgate|[\w-]{22}/);
  }).timeout(15_000);
});
