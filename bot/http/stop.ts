import type { Socket } from 'node:net';
import type restify from 'restify';

/**
 * Makes what ends a server: what was taken is answered, nothing more is taken, and nobody is waited for longer than
 * `patience` milliseconds. Goes before the routes.
 */
export function makeStop(server: restify.Server, patience: number): () => Promise<void> {
  const sockets = keep<Socket>();
  const taken = keep<restify.Response>();
  let stopping: Promise<void> | undefined;
  server.server.on('connection', sockets.add);
  server.pre((_request, response, next) => {
    if (stopping === undefined) {
      taken.add(response);
      return next();
    }
    response.setHeader('connection', 'close');
    response.send(503);
    next(false);
  });

  async function stop(): Promise<void> {
    // A client that keeps its connection would hold the server open, and could go on asking.
    for (const response of taken.all) if (!response.headersSent) response.setHeader('connection', 'close');
    const late = setTimeout(() => server.server.closeAllConnections(), patience);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // Browsers open connections ahead of need, which Node does not take for idle ones.
    for (const socket of sockets.all) if (socket.bytesRead === 0) socket.destroy();
    await closed;
    clearTimeout(late);
  }
  return () => (stopping ??= stop());
}

/** Those that have not closed yet. */
function keep<T extends { once(event: 'close', listener: () => void): unknown }>() {
  const all = new Set<T>();
  const add = (one: T): void => {
    all.add(one);
    one.once('close', () => all.delete(one));
  };
  return { all, add };
}
