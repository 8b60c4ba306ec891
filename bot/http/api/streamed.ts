import { z } from 'zod';

/** An answer that is made while it is sent, a piece at a time: no whole container is ever in memory. */
export class Streamed {
  readonly type: string;
  /** What a browser calls the file. */
  readonly name: string;
  readonly pieces: AsyncIterable<string>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(file: { type: string; name: string; headers?: Record<string, string> }, pieces: AsyncIterable<string>) {
    this.type = file.type;
    this.name = file.name;
    this.headers = file.headers ?? {};
    this.pieces = pieces;
  }
}

/** The type of what a route streams; nothing where it answers by JSON. */
export function streamedType(output: z.ZodType): string | undefined {
  const type = output.meta()?.['contentMediaType'];
  return typeof type === 'string' ? type : undefined;
}

/** The output of a route that answers by a Streamed of this type. */
export const streamed = (type: string) =>
  z.custom<Streamed>((it) => it instanceof Streamed && it.type === type).meta({ contentMediaType: type });
