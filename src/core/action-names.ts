/** Reference data: what an API calls its actions, as far as it could be asked. Names change; ids don't. */
export interface ActionNames {
  of(action: string): ActionName | undefined;
}

export type ActionName = {
  readonly name: string | undefined;
  /** The group, or groups, of actions in which the API lists it. */
  readonly group: string | readonly string[] | undefined;
};
