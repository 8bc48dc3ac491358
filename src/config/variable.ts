/** One variable and the place in the configuration that it fills. */
export interface Variable {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly meaning: string;
}
