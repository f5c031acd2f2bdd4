import type { PlanDraft } from '../../../src/domain/plan.ts'
import { InlineMarkdown } from '../markdown/markdown.tsx'
import { Chip } from '../parts/chip.tsx'
import { criterionTexts } from './documents.ts'

function Source({ link }: { link: PlanDraft['trace'][number] }) {
  if (link.inferred !== undefined) {
    return (
      <>
        <Chip tone="ask">inferred</Chip> {link.inferred}
      </>
    )
  }
  return (
    <ul>
      {link.citations.map(({ turn, quote }) => (
        <li key={`${turn} ${quote}`}>
          “{quote}” <span className="trace-turn mono">{turn}</span>
        </li>
      ))}
    </ul>
  )
}

/** Every requirement and criterion with the words it rests on and the tasks that carry it out. */
export function TraceTable({ plan }: { plan: PlanDraft }) {
  const requirements = plan.files.find(({ path }) => /\/(?:requirements|bugfix)\.md$/.test(path))
  const texts = criterionTexts(requirements?.content ?? '')
  return (
    <>
      <h2 className="trace-title">Where it comes from</h2>
      <table className="trace">
        <thead>
          <tr>
            <th scope="col">Line of the plan</th>
            <th scope="col">Words it rests on</th>
            <th scope="col">Tasks</th>
          </tr>
        </thead>
        <tbody>
          {plan.trace.map((link) => (
            <tr key={link.ref} className={link.ref.includes('.') ? undefined : 'trace-requirement'}>
              <th scope="row">
                <span className="trace-ref numbers">{link.ref}</span>{' '}
                <InlineMarkdown text={texts.get(link.ref) ?? ''} />
              </th>
              <td>
                <Source link={link} />
              </td>
              <td className="numbers">{link.tasks.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
