import type { RecentProblem } from '../core/status.ts';
import { formatNumber } from './format.ts';
import { Moment } from './moment.tsx';
import { ScrollRegion } from './scroll-region.tsx';
import { Section } from './section.tsx';

export function Problems({ problems }: { readonly problems: readonly RecentProblem[] }) {
  return (
    <Section id="problems" title="Recent problems">
      {problems.length === 0 ? <p class="empty">None since the start.</p> : <ProblemTable problems={problems} />}
    </Section>
  );
}

function ProblemTable({ problems }: { readonly problems: readonly RecentProblem[] }) {
  return (
    <ScrollRegion label="Table of recent problems">
      <table class="problems">
        <thead>
          <tr>
            <th scope="col">Last time</th>
            <th scope="col">Component</th>
            <th scope="col" class="number">
              Times
            </th>
            <th scope="col">What happened</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ component, problem, firstMs, lastMs, times }) => (
            <tr key={`${component} ${problem.code} ${firstMs}`}>
              <td class="short">
                <Moment at={lastMs} as="ago" />
                {times > 1 && (
                  <span class="quiet block">
                    since <Moment at={firstMs} as="clock" />
                  </span>
                )}
              </td>
              <td class="name">{component}</td>
              <td class="number">{formatNumber(times)}</td>
              <td class="long">{problem.message}</td>
              <td class="long">{problem.remedy}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
