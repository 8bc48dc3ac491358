/**
 * Runs the tests, or those whose path contains an argument, and ends with one plain line:
 * `N passed, N failed`, and `, N skipped` if any were.
 */
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', process.argv.slice(2), { watch: false, reporters: ['default'] });
const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
const count = (state: string) => tests.filter((test) => test.result().state === state).length;
const brokenFiles = vitest.state.getTestModules().filter((module) => module.errors().length > 0).length;
const strayErrors = vitest.state.getUnhandledErrors().length;
await vitest.close();

// A file that can't be loaded and an error outside any test are failures too.
const failed = count('failed') + brokenFiles + strayErrors;
const skipped = count('skipped');
console.log(`${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
// Where every part can be had, as in CI, a skipped test is a part that is missing.
const missing = process.env['CI'] === undefined ? 0 : skipped;
process.exitCode = failed + missing > 0 || tests.length === 0 ? 1 : 0;
