import assert from 'node:assert/strict';
import { noor } from '../demo/cast.ts';
import type { Stage } from './stage.ts';
import type { Wire } from './wire.ts';

/** Remembers what stood on the screens of Ines and Kofi after every step. */
export class Witness {
  readonly #saw: string[] = [];

  async looks({ ines, kofi }: Stage): Promise<void> {
    this.#saw.push(await ines.screen(), await kofi.screen());
  }

  /** No screen and no message to them ever held Noor's name or one of her ids. */
  swearsThatNobodyLearned({ wires }: Stage): void {
    const names = [...noor.name.split(' '), noor.id, noor.aadObjectId, noor.chat];
    const told = [...this.#saw, wires.ines.received, wires.kofi.received];
    assert.ok(
      told.every((text) => text.includes('Forthright')),
      'The witness did not look',
    );
    for (const name of names) {
      for (const text of told) {
        const at = text.toLowerCase().indexOf(name.toLowerCase());
        assert.equal(at, -1, `Somebody else was shown or sent this: ${text.slice(Math.max(0, at - 200), at + 100)}`);
      }
    }
  }

  /** No window asked for this address, not even in vain. */
  swearsThatNobodyFetched(address: string, wires: readonly Wire[]): void {
    for (const { asked } of wires) {
      assert.ok(asked.length > 0, 'The witness did not look');
      assert.equal(
        asked.find((url) => url.includes(address)),
        undefined,
      );
    }
  }

  /** These stand in the text, one after the other. */
  assertOrder(text: string, parts: readonly string[]): void {
    let at = 0;
    for (const part of parts) {
      const found = text.indexOf(part, at);
      assert.notEqual(found, -1, `"${part}" does not stand in its place in:\n${text}`);
      at = found + part.length;
    }
  }
}
