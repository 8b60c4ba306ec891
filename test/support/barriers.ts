import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Desk } from './desk-window.ts';

/** WCAG 2.2, levels A and AA, and what axe calls good practice: headings in order, landmarks, one main. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Where Fluent's list of tabs begins and ends: whatever has the focus there hands it on at once, to what can be used. */
const PASSING_ON = '[data-tabster-dummy]';
/** What a theme can break, when the same page had no barrier in another one. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Looks for barriers in all that the desk shows now. `about` says what that is, for whoever reads a failure; `only` leaves
 * out what does not change with the theme.
 */
export async function assertNoBarriers({ page }: Pick<Desk, 'page'>, about: string, only?: 'colours'): Promise<void> {
  const axe = new AxeBuilder({ page }).include(['iframe', 'html']).exclude(['iframe', PASSING_ON]);
  const { violations, passes } = await (only === 'colours' ? axe.withRules(COLOURS) : axe.withTags(RULES)).analyze();
  assert.ok(passes.length > (only === 'colours' ? 0 : 5), 'the premise: axe looked at the desk');
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  at ${target.join(' ')}\n  ${failureSummary ?? ''}`),
  );
  assert.deepEqual(found, [], `${about}:\n${found.join('\n')}`);
}
