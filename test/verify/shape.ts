/** What is known of one field over all the records of a kind. */
export type Field = {
  readonly name: string;
  /** How many values there are. */
  count: number;
  shortest: number;
  longest: number;
  /** A precise moment: it could be matched against who was online. */
  moment: boolean;
  /** As it may be shown: numbers, weeks and words of the bot's own; of everything else its length. */
  example: string;
};

/** One kind of record: how many there are, and their fields. Fields within documents are written with dots. */
export type Kind = { readonly name: string; count: number; readonly fields: Map<string, Field> };

/** Fields whose values are the bot's own words, chosen from a short list. Every other text is shown by its length. */
const OWN_WORDS = new Set(['state', 'kind', 'what', 'card', 'by', 'role', 'reason', 'level', 'code', 'version']);
const OWN_WORD = /^[a-z][a-z-]{0,15}$/;
const WEEK = /^\d{4}-W\d{2}$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:/;
/** Milliseconds or seconds since 1970, from 2014 to 2096: as a number, or in digits, as Teams makes ids of messages. */
const isTime = (value: number): boolean => (value > 1.4e12 && value < 4e12) || (value > 1.4e9 && value < 4e9);

function isMoment(value: unknown): boolean {
  if (typeof value === 'number') return isTime(value);
  return typeof value === 'string' && (ISO_TIME.test(value) || (/^\d+$/.test(value) && isTime(Number(value))));
}

/** Adds one record to what is known of its kind. */
export function addRecord(kind: Kind, record: Record<string, unknown>): void {
  kind.count += 1;
  for (const [name, value] of leavesOf(record)) {
    const length = lengthOf(value);
    const field = kind.fields.get(name) ?? newField(name);
    field.count += 1;
    field.shortest = Math.min(field.shortest, length);
    field.longest = Math.max(field.longest, length);
    field.moment ||= isMoment(value);
    field.example ||= redacted(name, value);
    kind.fields.set(name, field);
  }
}

const newField = (name: string): Field => ({
  name,
  count: 0,
  shortest: Number.POSITIVE_INFINITY,
  longest: 0,
  moment: false,
  example: '',
});

/** The values of a record, within documents and lists too. */
export function* leavesOf(value: unknown, name = ''): Generator<[name: string, leaf: unknown]> {
  const inner = name === '' ? value : opened(value);
  if (Array.isArray(inner)) for (const each of inner) yield* leavesOf(each, `${name}[]`);
  else if (inner !== null && typeof inner === 'object' && !ArrayBuffer.isView(inner))
    for (const [key, each] of Object.entries(inner)) yield* leavesOf(each, name === '' ? key : `${name}.${tidy(key)}`);
  else yield [name, inner];
}

/** A key can be a value as well: such fields are one. */
const tidy = (key: string): string => (WEEK.test(key) ? '{week}' : /^[\w$-]{1,20}$/.test(key) ? key : '{key}');

/** A document is stored as text. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const lengthOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  return ArrayBuffer.isView(value) ? value.byteLength : JSON.stringify(value).length;
};

/** The value as it may be shown to whoever must not read it. */
export function redacted(name: string, value: unknown): string {
  if (value === null) return 'empty';
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes${isZero(value) ? ', all zero' : ''}`;
  if (typeof value !== 'string') return JSON.stringify(value);
  const isOwn = OWN_WORDS.has(/([\w-]+)(?:\[\])*$/.exec(name)?.[1] ?? '') && OWN_WORD.test(value);
  return WEEK.test(value) || isOwn ? value : `text, ${lengthOf(value)} characters`;
}

const isZero = ({ buffer, byteOffset, byteLength }: ArrayBufferView): boolean =>
  new Uint8Array(buffer, byteOffset, byteLength).every((byte) => byte === 0);
