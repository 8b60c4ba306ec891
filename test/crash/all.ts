/** `npm run test:crash` kills at every point twice, unless it is told another number. */
process.env['CRASH_ROUNDS'] ??= '2';
