import type { Exporter } from '../../core/exporter.ts';

/** The same exporter with another `export`. Delegates rather than copies: an exporter may be a class instance. */
export function replaceExport(exporter: Exporter, replacement: Exporter['export']): Exporter {
  return {
    name: exporter.name,
    limits: exporter.limits,
    progress: exporter.progress,
    check: (signal) => exporter.check(signal),
    export: replacement,
    close: () => exporter.close(),
  };
}
