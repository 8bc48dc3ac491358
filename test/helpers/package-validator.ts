import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, type Missing, orMissing, run } from './real-parts.ts';

export type PackageValidator =
  | {
      readonly kind: 'validator';
      /** What Elastic's validator has against a package, a folder; empty if nothing. */
      readonly complaints: (folder: string) => Promise<string>;
    }
  | Missing;

const VERSION = 'v3.5.0';
const MODULE = 'github.com/elastic/package-spec/v3/code/go/pkg/validator';

const PROGRAM = `package main

import (
	"fmt"
	"os"

	"${MODULE}"
)

func main() {
	if err := validator.ValidateFromPath(os.Args[1]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
`;

/**
 * Elastic's own validator of packages, built from source by `go` the first time that a test asks for it. To be awaited at
 * the top of a test file: there is no limit of time there.
 */
export async function packageValidator(): Promise<PackageValidator> {
  return orMissing("Elastic's package validator", async () => {
    const folder = await cachedFolder(`package-spec-${VERSION}`, build);
    return { kind: 'validator', complaints: (path) => complaints(join(folder, 'validate'), path) } as const;
  });
}

async function build(work: string): Promise<string> {
  await writeFile(join(work, 'main.go'), PROGRAM);
  await writeFile(join(work, 'go.mod'), 'module localhost/validate\n\ngo 1.24.0\n');
  await run('go', ['get', `${MODULE}@${VERSION}`], work);
  await run('go', ['build', '-trimpath', '-o', join('built', 'validate'), '.'], work);
  return join(work, 'built');
}

function complaints(binary: string, folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(binary, [folder], (error, stdout, stderr) => {
      if (error === null) resolve('');
      else if (stdout !== '') resolve(stdout);
      else reject(new Error(`the validator failed: ${stderr}`, { cause: error }));
    });
  });
}
