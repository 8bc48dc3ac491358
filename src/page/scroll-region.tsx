import type { ComponentChildren } from 'preact';

export interface ScrollRegionProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A wide table scrolls in here, the page does not; with the keyboard, too. */
export function ScrollRegion({ label, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
    // biome-ignore lint/a11y/useSemanticElements: it is a part of a section.
    <div class="scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
