/**
 * `npm run doctor` looks at a live configuration, by the settings that the bot reads, and says what to mend, one line each. It
 * changes nothing, and says no secret, no name and no id. Ends with 0 where all is well, 1 where not.
 */
import { examineAll, REAL } from './doctor/doctor.ts';
import { toLine } from './doctor/finding.ts';

// Azure's libraries write addresses and ids past the console where these ask for it.
for (const name of ['AZURE_LOG_LEVEL', 'DEBUG', 'TYPESPEC_RUNTIME_LOG_LEVEL']) delete process.env[name];
const findings = await examineAll(REAL);
for (const finding of findings) process.stdout.write(`${toLine(finding)}\n`);
const many = findings.filter(({ is }) => is === 'mend').length;
process.stdout.write(many === 0 ? 'All is well.\n' : `${many} to mend.\n`);
process.exitCode = many === 0 ? 0 : 1;
