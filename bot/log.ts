import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { pino } from 'pino';

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

/**
 * Writes one JSON line per event, at once and in this thread, so that the last words of a process that ends are written too.
 * What is not on the list never reaches pino, fields and values, whatever their type says. Nor does pino add a time, a host
 * or a process: the time of a line would be that of somebody's act.
 */
export function makeLog(write: (line: string) => void): Log {
  const lines = pino(
    {
      base: null,
      timestamp: false,
      customLevels: { info: 30, fault: 50 },
      useOnlyCustomLevels: true,
      formatters: { level: (level) => ({ level }) },
    },
    { write },
  );
  const put = (level: 'info' | 'fault', { code, reference, status, port, count, where }: Fields) => {
    lines[level]({
      code: tidy(code),
      reference: only(/^[0-9a-f]{8}$/, reference),
      status: number(status),
      port: number(port),
      count: number(count),
      where: only(/^bot\/[\w/-]+\.ts:\d{1,4}$/, where),
    });
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

const only = (form: RegExp, value: unknown): string | undefined =>
  typeof value === 'string' && form.test(value) ? value : undefined;

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Words and short numbers with marks between: anything else might be somebody's words, and more digits somebody's id. */
const CODE = /^(?=.{1,60}$)(?:[a-z]+\d?[a-z]*|\d{1,5})(?:[._-](?:[a-z]+\d?[a-z]*|\d{1,5}))*$/i;

const tidy = (code: unknown): string => only(CODE, code) ?? 'other';

function describe(error: unknown): Fields {
  try {
    return error instanceof Error ? describeError(error) : { code: 'thrown' };
  } catch {
    // Some errors cannot even be looked at; that must not cost the person their answer.
    return { code: 'other' };
  }
}

function describeError(error: Error & { code?: unknown; errcode?: unknown; statusCode?: unknown }): Fields {
  const { name, code, errcode, statusCode, stack } = error;
  const parts = [name, typeof code === 'string' ? code : undefined, number(errcode)];
  const where = firstFrame(stack);
  return {
    code: tidy(parts.filter((part) => part !== undefined).join('.')),
    ...(typeof statusCode === 'number' ? { status: statusCode } : {}),
    ...(where === undefined ? {} : { where }),
  };
}

/** Any line of a message can look like a frame: only one that names a file of ours passes, and that says nothing else. */
function firstFrame(stack = ''): string | undefined {
  const frames = [...stack.matchAll(/^ {4}at .*\/bot\/([\w-]+(?:\/[\w-]+)*\.ts):(\d{1,4}):\d+\)?$/gm)];
  const own = frames.find(([, file = '']) => existsSync(new URL(file, import.meta.url)));
  return own && `bot/${own[1]}:${own[2]}`;
}
