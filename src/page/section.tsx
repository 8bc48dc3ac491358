import type { ComponentChildren } from 'preact';

export interface SectionProps {
  /** Where a link finds it. */
  readonly id: string;
  readonly title: string;
  /** How many there are, behind the title. */
  readonly count?: string | undefined;
  readonly children: ComponentChildren;
}

export function Section({ id, title, count, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title}
        {count !== undefined && <span class="count"> {count}</span>}
      </h2>
      {children}
    </section>
  );
}
