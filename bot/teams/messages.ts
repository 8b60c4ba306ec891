import { render, type View } from '../cards/cards.ts';
import { type Surface, toSurface } from '../cards/surface.ts';
import { shorten } from '../domain/words.ts';
import type { Message } from './connector.ts';

export type Forms = 'dialog' | 'inline';

/** A card that stands in a chat or channel, as the clients of this setting can show it. */
export const standing = (forms: Forms): Surface => (forms === 'inline' ? 'inline' : 'chat');

export const attachment = (view: View, surface: Surface) => ({
  contentType: 'application/vnd.microsoft.card.adaptive' as const,
  content: toSurface(render(view), surface),
});

/** A message with one card. Without a summary, Teams would notify with "Sent a card". */
export const message = (view: View, summary: string, forms: Forms): Message => ({
  type: 'message',
  summary: shorten(summary, 200),
  attachments: [attachment(view, standing(forms))],
});
