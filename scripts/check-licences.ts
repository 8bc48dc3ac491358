/** Every package that is installed with ours must have a licence that goes with Apache-2.0. */
import { init, type ModuleInfos } from 'license-checker-rseidelsohn';

const ALLOWED = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0',
  'CC0-1.0',
  'Unlicense',
]);

const packages = await new Promise<ModuleInfos>((resolve, reject) => {
  init({ start: '.', production: true, excludePrivatePackages: true }, (error, found) =>
    error ? reject(error) : resolve(found),
  );
});
const refused = Object.entries(packages).filter(([, { licenses }]) => !isAllowed(String(licenses)));
for (const [name, { licenses }] of refused) console.error(`${name}: ${String(licenses)} is not an allowed licence`);
if (refused.length > 0) process.exitCode = 1;
else console.log(`licences: ${Object.keys(packages).length} packages, all allowed`);

/** An SPDX expression: one of the alternatives must do. */
function isAllowed(licences: string): boolean {
  return licences
    .replace(/[()]/g, '')
    .split(/ OR /)
    .some((alternative) => alternative.split(/ AND /).every((licence) => ALLOWED.has(licence.trim())));
}
