// Runs in the page, beside the renderer that main.ts put there; a plain script, since browsers read no TypeScript.
/* global AdaptiveCards, document */

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The part of Markdown that Teams reads in a TextBlock: bold, italic, links, lists. HTML stays text. */
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const inline = escaped(text)
    .replaceAll(/\*\*(\S(?:[^*]*\S)?)\*\*/g, '<b>$1</b>')
    .replaceAll(/(?<!\w)[*_](\S(?:[^*_]*\S)?)[*_](?!\w)/g, '<i>$1</i>')
    .replaceAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<a href="$2">$1</a>');
  const lists = inline.replaceAll(/(?:^[-*] .*(?:\n|$))+/gm, (list) => {
    const lines = list.trimEnd().split('\n');
    return `<ul>${lines.map((line) => `<li>${line.slice(2)}</li>`).join('')}</ul>`;
  });
  result.outputHtml = lists.replaceAll(/\n{2,}/g, '<br><br>');
  result.didProcess = true;
};

const frames = new Map();

/** Hangs a card in the page, under its number and caption. Gives its height and what does not fit in its width. */
globalThis.hang = ({ number, caption, card, config, width }) => {
  const frame = document.createElement('figure');
  frame.id = `card-${number}`;
  frame.style.width = `${width}px`;
  const title = document.createElement('figcaption');
  title.textContent = `${number} ${caption}`;
  const parsed = new AdaptiveCards.AdaptiveCard();
  parsed.hostConfig = new AdaptiveCards.HostConfig(config);
  parsed.parse(card);
  const shown = document.createElement('div');
  shown.className = 'card';
  shown.append(parsed.render());
  frame.append(title, shown);
  frames.set(number, frame);
  document.querySelector('main').append(frame);
  return { height: frame.offsetHeight, faults: misfits(shown) };
};

function misfits(shown) {
  const edge = shown.getBoundingClientRect().right + 1;
  const parts = [...shown.querySelectorAll('*')];
  const wide = parts.filter((part) => part.getBoundingClientRect().right > edge);
  const cut = parts.filter((part) => part.style.textOverflow === 'ellipsis' && part.scrollWidth > part.clientWidth);
  return [
    ...wide.slice(0, 1).map((part) => `is wider than the card: ${part.className || part.tagName}`),
    ...cut.map((part) => `cuts "${part.textContent}"`),
  ];
}

/** Leaves only these cards in the page, in these columns, for a contact sheet. */
globalThis.arrange = (columns) => {
  const main = document.querySelector('main');
  const stacks = columns.map((numbers) => {
    const stack = document.createElement('section');
    stack.append(...numbers.map((number) => frames.get(number)));
    return stack;
  });
  main.className = 'sheet';
  main.replaceChildren(...stacks);
};
