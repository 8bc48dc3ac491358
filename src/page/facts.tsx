import type { ComponentChildren } from 'preact';

export interface FactsProps {
  /** Each as wide as it is, instead of columns that stand below each other in neighbouring cards. */
  readonly flowing?: boolean;
  readonly children: ComponentChildren;
}

/** Names and values, side by side as far as there is room. */
export function Facts({ flowing = false, children }: FactsProps) {
  return <dl class={flowing ? 'facts flowing' : 'facts'}>{children}</dl>;
}

export interface FactProps {
  readonly name: string;
  readonly children: ComponentChildren;
}

export function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
