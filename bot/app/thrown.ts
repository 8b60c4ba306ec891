/** Somebody else saved first. */
export class Conflict extends Error {
  override name = 'Conflict';
}

/** The store did not answer in time, or refused. Whether the last write took effect may be unknown: it may be repeated. */
export class StoreAway extends Error {
  override name = 'StoreAway';
  /** With which HTTP status it refused. */
  readonly statusCode?: number;

  constructor(message: string, statusCode?: number) {
    super(message);
    if (statusCode !== undefined) this.statusCode = statusCode;
  }
}
