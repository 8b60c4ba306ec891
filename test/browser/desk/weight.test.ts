import assert from 'node:assert/strict';
import { GOALS, scriptKb } from '../../bench/tab.ts';
import { kofi, omar } from '../../support/cast.ts';
import { useDesks } from '../../support/desk.ts';

describe('the weight of the desk', () => {
  const desks = useDesks();

  it(`is under ${GOALS.scriptKb} KB of script, packed, for who comes to read`, async () => {
    const desk = await desks().openDesk({ as: omar });
    await desk.settles();
    await desk.page.waitForLoadState('networkidle');
    const kb = scriptKb(desk);
    assert.ok(kb > 50, 'the premise: scripts are counted');
    assert.ok(kb < GOALS.scriptKb, `${kb.toFixed(0)} KB`);
  });

  it('is not that of comms’ pages for somebody who has none of them', async () => {
    const [reads, curates] = [await desks().openDesk({ as: omar }), await desks().openDesk({ as: kofi })];
    await Promise.all([reads.settles(), curates.settles()]);
    assert.match(curates.requests.join('\n'), /\/board-/, 'the premise: scripts are named by their pages');
    assert.doesNotMatch(reads.requests.join('\n'), /\/(?:board|planner|question|settings|card-draw)-/);
  });
});
