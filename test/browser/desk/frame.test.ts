import assert from 'node:assert/strict';
import { omar } from '../../support/cast.ts';
import { useDesks } from '../../support/desk.ts';

describe('the desk', () => {
  const desks = useDesks();

  it('opens signed in, with the pages of whoever looks', async () => {
    const desk = await desks().openDesk({ as: omar });
    assert.equal((await desk.host()).tokens, 1, 'the premise: a token was asked for');
    await desk.tab.getByRole('navigation', { name: 'Pages' }).waitFor();
    assert.ok(desk.requests.includes('GET /api/me'));
  });
});
