import type { Status } from '../server/api.ts';
import { ComponentState } from './component-state.tsx';
import { Section } from './section.tsx';

/** The state and the GeoIP databases: worth a place only while something is wrong with them. */
export function Others({ others }: Pick<Status, 'others'>) {
  const troubled = others.filter(({ state }) => state.kind === 'degraded');
  if (troubled.length === 0) return null;
  return (
    <Section id="others" title="What else needs attention">
      <ul class="cards">
        {troubled.map(({ name, state }) => (
          <li key={name}>
            <article class="card">
              <h3>{name}</h3>
              <ComponentState state={state} />
            </article>
          </li>
        ))}
      </ul>
    </Section>
  );
}
