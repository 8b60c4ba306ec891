import { KEYS_NOTE, KINDS, LOG_NOTE, UNKNOWN, WAL_NOTE } from './explain.ts';
import type { RawFile } from './files.ts';
import { addRecord, type Field, type Kind } from './shape.ts';

/** What stands on a page of the report: a heading, and lines below. */
export type Part = { readonly title: string; readonly lines: readonly string[] };

const WIDTH = 100;
/** More of a log would only repeat itself. */
const LOG_READ = 64 * 1024 * 1024;

export const number = (value: number): string => value.toLocaleString('en');
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;

export function sayDatabase(files: readonly RawFile[], kinds: readonly Kind[], repeats: readonly string[]): Part {
  const moments = kinds.flatMap(({ name, fields }) =>
    [...fields.values()].filter(({ moment }) => moment).map((field) => `${name}.${field.name}`),
  );
  return {
    title: 'What the database shows to whoever copies it, or a backup of it',
    lines: [
      ...files.map(({ file, bytes }) => `${file}, ${plural(bytes.length, 'byte')}`),
      ...wrapped(WAL_NOTE),
      ...kinds.flatMap((kind) => ['', ...sayKind(kind)]),
      '',
      ...wrapped(`Precise times: ${moments.length === 0 ? 'none; weeks only' : moments.join(', ')}.`),
      ...wrapped(
        `Long values that stand in several rows, so that rows can be linked: ${repeats.join(', ') || 'none'}.`,
      ),
    ],
  };
}

function sayKind(kind: Kind): string[] {
  const fields = [...kind.fields.values()];
  const widest = Math.max(0, ...fields.map(({ name }) => name.length));
  return [
    `${kind.name}: ${plural(kind.count, 'row')}`,
    ...wrapped(KINDS[kind.name] ?? UNKNOWN, '  '),
    ...fields.map((field) => `    ${field.name.padEnd(widest)}  ${sayField(field)}`),
  ];
}

/** One example, redacted, and what the values have in common. */
function sayField({ example, count, shortest, longest, moment }: Field): string {
  if (moment) return `${example}; A PRECISE TIME`;
  if (!/^text, |bytes$/.test(example) || count < 2) return example;
  return shortest === longest
    ? `${example}; all ${number(count)} of one length`
    : `${example}; others ${shortest} to ${longest}`;
}

export function sayKeys({ file, bytes }: RawFile, openTo: string | undefined): Part {
  const kind: Kind = { name: 'the key file', count: 0, fields: new Map() };
  const text = bytes.toString('utf8');
  try {
    addRecord(kind, JSON.parse(text) as Record<string, unknown>);
  } catch {
    kind.fields.clear();
  }
  const fields = [...kind.fields.values()].map((field) => `    ${field.name}: ${sayField(field)}`);
  const isClosed = openTo === undefined || openTo.endsWith('00');
  return {
    title: 'What the key file shows',
    lines: [
      `${file}, ${plural(bytes.length, 'byte')}, permissions ${openTo ?? 'as Windows keeps them'}`,
      ...(isClosed ? [] : ['WARNING: other accounts of this machine may read it. Run: chmod 600 on it.']),
      ...wrapped(KEYS_NOTE),
      ...wrapped(
        `Weeks with keys: ${weeksIn(text, 'epochs')}. Weeks whose keys were destroyed: ${weeksIn(text, 'gone')}.`,
      ),
      ...(fields.length > 0 ? fields : ['    It is no JSON: its fields cannot be listed.']),
    ],
  };
}

/** The weeks in one part of the key file: names of keys that it holds, or a list of those that it held. */
function weeksIn(text: string, part: 'epochs' | 'gone'): string {
  const held = recordIn(text)?.[part] ?? {};
  const weeks = Array.isArray(held) ? held.map(String) : Object.keys(held);
  return weeks.toSorted().join(', ') || 'none';
}

export function sayLog({ file, bytes }: RawFile): Part {
  const kind: Kind = { name: 'the log', count: 0, fields: new Map() };
  const codes = new Map<string, number>();
  let others = 0;
  for (const line of bytes.toString('utf8', 0, LOG_READ).split('\n').filter(Boolean)) {
    const record = recordIn(line);
    if (record === undefined) others += 1;
    else {
      addRecord(kind, record);
      codes.set(String(record['code']), (codes.get(String(record['code'])) ?? 0) + 1);
    }
  }
  return {
    title: 'What the log shows',
    lines: [
      `${file}, ${plural(bytes.length, 'byte')}${bytes.length > LOG_READ ? ', of which the first 64 MB are described' : ''}`,
      ...wrapped(LOG_NOTE),
      ...[...kind.fields.values()].map(
        (field) => `    ${field.name}: ${sayField(field)}, in ${plural(field.count, 'line')}`,
      ),
      ...wrapped(`Codes: ${[...codes].map(([code, count]) => `${code} (${number(count)})`).join(', ') || 'none'}`),
      ...(others > 0
        ? wrapped(
            `${plural(others, 'line')} that the bot did not log: what was printed at its start, or by the machine. Read them yourself.`,
          )
        : []),
    ],
  };
}

function recordIn(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Breaks a paragraph for a terminal. */
export function wrapped(text: string, indent = ''): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 1 > WIDTH - indent.length) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => indent + line);
}

export const print = (parts: readonly Part[]): string =>
  parts.map(({ title, lines }) => [title, '-'.repeat(title.length), ...lines, ''].join('\n')).join('\n');
