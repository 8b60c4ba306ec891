import type { Page } from 'playwright-core';

/** What one window asked of the network, and what it was sent, whether a person sees it or not. */
export class Wire {
  readonly asked: string[] = [];
  #received = '';

  /** Listens to a page from before its first load. */
  readonly tap = (page: Page): void => {
    page.on('request', (request) => this.asked.push(request.url()));
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => (this.#received += String(payload)));
    });
  };

  /** Every message and card that the Playground pushed to the page, as JSON. */
  get received(): string {
    return this.#received;
  }
}
