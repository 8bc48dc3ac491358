/**
 * Makes `dist/page`, the status page. npm runs it as `prepare`, so that a fresh clone has it. Where dev packages are
 * left out there is nothing to build it with: that is said, and no reason to stop an installation.
 */
import page from '../src/page/vite.config.ts';

if (isInstalled('vite') && isInstalled('preact')) {
  const { build } = await import('vite');
  await build({ ...page, configFile: false, logLevel: 'warn' });
} else console.log('The status page is not built: dev packages are not installed.');

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
