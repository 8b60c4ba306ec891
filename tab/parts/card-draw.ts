import { AdaptiveCard, HostConfig } from 'adaptivecards';
import { type CardLook, hostConfig } from './card-look.ts';
import { toHtml } from './card-text.ts';

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = toHtml(text);
  result.didProcess = true;
};

/** Draws a card as Teams would, by the renderer that Microsoft publishes. Its buttons do nothing here. */
export function drawCard(card: object, look: CardLook): HTMLElement | undefined {
  const drawn = new AdaptiveCard();
  drawn.hostConfig = new HostConfig(hostConfig(look));
  drawn.parse(card);
  return drawn.render();
}
