/** `npm run test:privacy` takes down every defence; `npm test` leaves some of them to it. */
process.env['MUTANTS'] = 'all';
