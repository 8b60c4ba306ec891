import assert from 'node:assert/strict';
import { bind, type JsonObject } from '../../bot/cards/bind.ts';
import { opensForm, type Surface, toSurface } from '../../bot/cards/surface.ts';
import { verbatim } from '../../bot/cards/verbatim.ts';
import { verbs } from '../../bot/teams/verbs.ts';
import { buttonsOf, partsOf } from '../support/client.ts';
import { readGallery } from './gallery.ts';

const cards = readGallery().flatMap(({ name, template, variants }) =>
  [...variants].map(([variant, data]) => ({ title: `${name} ${variant}`, card: bind(template, data) as JsonObject })),
);

describe('a button', () => {
  const surfaces: Surface[] = ['inline', 'chat', 'dialog'];
  for (const surface of surfaces) {
    it(`leads somewhere on every card, surface ${surface}`, () => {
      const dead = cards.flatMap(({ title, card }) =>
        buttonsOf(toSurface(card, surface))
          .filter((button) => !works(button as unknown as JsonObject, surface))
          .map((button) => `${title}: ${button.title}`),
      );
      assert.deepEqual(dead, []);
    });
  }

  it('names a verb that the bot knows, and every verb has a button', () => {
    const named = new Set(cards.flatMap(({ card }) => buttonsOf(card).flatMap(({ verb }) => verb ?? [])));
    assert.deepEqual(
      [...named].filter((verb) => !verbs.has(verb)),
      [],
    );
    // These stand on the forms `write` and `confirm`, whose verb is data: the samples show one of each kind.
    const byData = new Set(['reply.send', 'notNow.send', 'curate.show', 'disagree.send', 'lift.send']);
    assert.deepEqual(
      [...verbs.keys()].filter((verb) => !named.has(verb) && !byData.has(verb)),
      [],
    );
  });
});

/** What Microsoft documents for each place: Execute in chats, task/fetch to open a dialog, only Submit inside one. */
function works(button: JsonObject, surface: Surface): boolean {
  if (button['type'] === 'Action.OpenUrl') return (button['url'] as string).startsWith('https://teams.microsoft.com/');
  const data = button['data'] as JsonObject;
  if (surface === 'dialog') return button['type'] === 'Action.Submit' && verbs.has(data['verb'] as string);
  if (surface === 'inline' || !opensForm(button['verb'] ?? data['verb'])) {
    return button['type'] === 'Action.Execute' && verbs.has(button['verb'] as string);
  }
  const opens = JSON.stringify(data['msteams']) === '{"type":"task/fetch"}';
  return button['type'] === 'Action.Submit' && opens && verbs.has(data['verb'] as string);
}

describe('words on a card', () => {
  const words = 'On {{DATE(2026-01-01T00:00:00Z, SHORT)}} and {{TIME(2026-01-01T00:00:00Z)}}, {{{x}}} {';
  const card = { body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: words, size: 'Large' }] }] };

  it('keep date macros as typed: no text run holds two opening braces', () => {
    const runs = partsOf(verbatim(card) as JsonObject).filter(({ type }) => type === 'TextRun');
    assert.equal(runs.map(({ text }) => text as string).join(''), words);
    assert.deepEqual(
      runs.filter(({ text }) => (text as string).includes('{{')),
      [],
    );
    assert.ok(runs.every(({ size }) => size === 'Large'));
  });

  it('stay whole in what a button sends back', () => {
    const action = { type: 'Action.Execute', data: { inlines: [{ type: 'TextRun', text: words }] } };
    assert.deepEqual(verbatim(action), action);
  });
});
