import { randomBytes } from 'node:crypto';

/** What a log line may hold. Nothing here can name a person, a conversation or a question. */
export interface Fields {
  /** A short name for what happened. */
  code: string;
  /** Links a line to what a person was told. */
  reference?: string;
  status?: number;
  port?: number;
  count?: number;
  /** A file of ours and a line in it. */
  where?: string;
}

export interface Log {
  info(fields: Fields): void;
  /** Logs a fault by its code alone, never by its message, and returns the reference to tell the person. */
  fault(error: unknown): string;
}

/** Writes one JSON line per event. Fields that are not on the list are left out, whatever their type says. */
export function makeLog(write: (line: string) => void): Log {
  const put = (level: 'info' | 'fault', fields: Fields) => {
    const { code, reference, status, port, count, where } = fields;
    write(`${JSON.stringify({ level, code: tidy(code), reference, status, port, count, where })}\n`);
  };
  return {
    info: (fields) => put('info', fields),
    fault(error) {
      const reference = randomBytes(4).toString('hex');
      put('fault', { reference, ...describe(error) });
      return reference;
    },
  };
}

/** A code is a word; anything else might carry somebody's words. */
const tidy = (code: string): string => (/^[\w.-]{1,60}$/.test(code) ? code : 'other');

function describe(error: unknown): Fields {
  if (!(error instanceof Error)) return { code: 'thrown' };
  const { name, code, errcode, statusCode } = error as {
    name: string;
    code?: unknown;
    errcode?: unknown;
    statusCode?: unknown;
  };
  const detail = typeof errcode === 'number' ? String(errcode) : typeof code === 'string' ? code : undefined;
  const where = firstFrame(error.stack);
  return {
    code: tidy(detail === undefined ? name : `${name}.${detail}`),
    ...(typeof statusCode === 'number' ? { status: statusCode } : {}),
    ...(where === undefined ? {} : { where }),
  };
}

/** Only lines that are frames are looked at: a message can span lines too, so its text must not pass for one. */
function firstFrame(stack: string | undefined): string | undefined {
  return stack && /^ {4}at [^\n]*\/(bot\/[\w/.-]+\.ts:\d+)/m.exec(stack)?.[1];
}
