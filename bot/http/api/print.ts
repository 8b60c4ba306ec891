import { createHash } from 'node:crypto';
import { MOST_PRINTED } from '../../app/export.ts';
import { sayAuthorship, sayWeek } from '../../cards/words.ts';
import type { Say } from '../../cards/say.ts';
import type { ExportedThread } from '../../domain/exported.ts';

const STYLE = `
:root { color-scheme: light; font: 12pt/1.5 system-ui, 'Segoe UI', sans-serif; color: #242424; background: #fff; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
article { padding: 1.25rem 0; border-top: 1px solid #d1d1d1; break-inside: avoid-page; }
h2 { margin: 0; font-size: 1.1rem; }
p, h2 { white-space: pre-wrap; overflow-wrap: anywhere; }
.meta { margin: .25rem 0 .75rem; color: #616161; font-size: .85rem; }
.said { margin: .75rem 0 0; padding-inline-start: 1rem; border-inline-start: 3px solid #c7c7c7; }
.who { margin: 0; color: #424242; font-size: .85rem; font-weight: 600; }
.said p:last-child { margin: 0; }
@page { margin: 18mm; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
`;

/** Nothing but these styles: no script, no picture, no request. In the file, too, wherever it is opened. */
export const PRINT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** The published threads as a page to print: plain, whole, and of no use to whoever wrote a script into a question. */
export async function* printed(
  say: Say,
  locale: string,
  threads: AsyncIterable<ExportedThread>,
): AsyncGenerator<string> {
  const title = escape(say('export.title'));
  yield `<!doctype html>\n<html lang="${escape(locale)}">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${PRINT_POLICY}">\n<meta name="viewport" content="width=device-width">\n<title>${title}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n<h1>${title}</h1>\n<p class="meta">${escape(say('export.lead'))}</p>\n`;
  let count = 0;
  for await (const thread of threads) {
    count += 1;
    yield article(say, thread);
  }
  if (count === 0) yield `<p>${escape(say('export.none'))}</p>\n`;
  if (count === MOST_PRINTED) yield `<p>${escape(say('export.newest', { count }))}</p>\n`;
  yield '</body>\n</html>\n';
}

function article(say: Say, thread: ExportedThread): string {
  const { question, leader, topic, week, alsoAsked, answer, conversation, edited } = thread;
  const meta = [leader, topic, sayWeek(say, week), edited && say('thread.editedWords')].filter((one) => !!one);
  const before = conversation.filter(({ kind }) => kind === 'ask-back' || kind === 'clarification');
  const after = conversation.filter((entry) => !before.includes(entry));
  const entry = ({ kind, words }: ExportedThread['conversation'][number]) => said(say(`export.kinds.${kind}`), words);
  return [
    `<article>\n<h2 dir="auto">${escape(question)}</h2>\n<p class="meta">${escape(meta.join(' · '))}</p>\n`,
    ...alsoAsked.map((words) => said(say('thread.alsoAsked'), words)),
    ...before.map(entry),
    answer === undefined ? '' : said(sayAuthorship(say, answer.authorship), answer.words),
    ...after.map(entry),
    '</article>\n',
  ].join('');
}

const said = (who: string, words: string): string =>
  `<div class="said"><p class="who">${escape(who)}</p><p dir="auto">${escape(words)}</p></div>\n`;
