import type { PlanDraft } from '../../../../src/domain/plan.ts'
import { count } from '../../format/count.ts'
import { InlineMarkdown } from '../../markdown/markdown.tsx'
import { contentOf, criterionTexts } from '../documents.ts'

/** What of the plan nobody said, with the reason why it is there all the same. */
export function Inferred({ plan }: { plan: PlanDraft }) {
  const inferred = plan.trace.filter((link) => link.inferred !== undefined)
  const texts = criterionTexts(contentOf(plan, 'requirements.md') || contentOf(plan, 'bugfix.md'))
  if (inferred.length === 0) {
    return (
      <p className="small muted">Nothing is inferred: every line rests on words of the talk.</p>
    )
  }
  return (
    <details open={inferred.length <= 4}>
      <summary>{count(inferred.length, 'line')} that nobody said</summary>
      <ul>
        {inferred.map((link) => (
          <li key={link.ref}>
            <span className="trace-ref numbers">{link.ref}</span>{' '}
            <InlineMarkdown text={texts.get(link.ref) ?? ''} />
            <span className="approve-why">{link.inferred}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
