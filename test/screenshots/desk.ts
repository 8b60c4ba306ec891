import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Look, startDesks } from '../support/desk.ts';
import { FURTHER, furnish, SIGHTS } from '../support/sights.ts';

const LOOKS: readonly Look[] = ['light', 'dark', 'contrast'];
const WIDTHS = [1280, 320];

/** Pictures every page of the desk, in each look, at two widths. Gives what a page complained about. */
export async function photographDesk(folder: string, only = ''): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const desks = await startDesks();
  try {
    const ids = await furnish(desks);
    const faults: string[] = [];
    for (const { name, as, page } of [...SIGHTS, ...FURTHER].filter((sight) => sight.name.includes(only))) {
      const desk = await desks.openDesk({ as, page: page(ids) });
      await desk.settles();
      for (const width of WIDTHS) {
        for (const look of LOOKS) {
          await desk.page.setViewportSize({ width, height: 900 });
          await desk.turns(look);
          const height = await desk.tab.evaluate<number>('document.documentElement.scrollHeight');
          await desk.page.setViewportSize({ width, height: Math.min(Math.max(height, 400), 2400) });
          await desk.page.screenshot({ path: join(folder, `${name}.${look}.${width}.png`), animations: 'disabled' });
        }
      }
      faults.push(...desk.faults.map((fault) => `${name}: ${fault}`));
      await desk.close();
    }
    return faults;
  } finally {
    await desks.close();
  }
}
