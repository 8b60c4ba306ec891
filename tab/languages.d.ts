/** Made by build.mjs of the files /cards/words.*.json. */
declare module 'words:languages' {
  import type { Words } from './words.ts';
  const languages: Record<string, (() => Promise<{ default: Words }>) | undefined>;
  export default languages;
}
