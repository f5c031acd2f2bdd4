import type {
  RequirementChange,
  Stated,
  StatedRequirement,
} from '../../../../src/domain/plan-diff.ts'
import type { PlanDiffView } from '../../../../src/http/views.ts'
import { InlineMarkdown } from '../../markdown/markdown.tsx'
import { Chip } from '../../parts/chip.tsx'
import type { Tone } from '../../parts/tone.ts'

type Fate = 'added' | 'changed' | 'retired'

const tones: Readonly<Record<Fate, Tone>> = { added: 'good', changed: 'busy', retired: 'bad' }

function Fated({ fate, name, text }: { fate: Fate; name: string; text: string }) {
  return (
    <>
      <Chip tone={tones[fate]}>{fate}</Chip> <span className="trace-ref numbers">{name}</span>{' '}
      <InlineMarkdown text={text} />
    </>
  )
}

function Rewritten({ before, after }: { before: string; after: string }) {
  return (
    <p className="change-rewritten">
      <del>
        <InlineMarkdown text={before} />
      </del>
      <ins>
        <InlineMarkdown text={after} />
      </ins>
    </p>
  )
}

function Criteria({ fate, criteria }: { fate: Fate; criteria: readonly Stated[] }) {
  return criteria.map(({ ref, text }) => (
    <li key={`${fate} ${ref}`}>
      <Fated fate={fate} name={ref} text={text} />
    </li>
  ))
}

function Whole({ fate, requirement }: { fate: Fate; requirement: StatedRequirement }) {
  const { ref, title, criteria } = requirement
  return (
    <li>
      <Fated fate={fate} name={ref} text={title} />
      <ul>
        <Criteria fate={fate} criteria={criteria} />
      </ul>
    </li>
  )
}

function Changed({ requirement }: { requirement: RequirementChange }) {
  const { ref, title, retitled, story, criteria } = requirement
  return (
    <li>
      <Fated fate="changed" name={ref} text={title} />
      {retitled !== undefined && <Rewritten {...retitled} />}
      {story !== undefined && <Rewritten {...story} />}
      <ul>
        <Criteria fate="added" criteria={criteria.added} />
        {criteria.changed.map(({ ref: own, before, after }) => (
          <li key={own}>
            <Fated fate="changed" name={own} text="" />
            <Rewritten before={before} after={after} />
          </li>
        ))}
        <Criteria fate="retired" criteria={criteria.retired} />
      </ul>
    </li>
  )
}

/** What a version asks for that the other did not, and the other way round. */
export function RequirementChanges({ diff }: { diff: PlanDiffView }) {
  const { added, changed, retired } = diff.requirements
  if (added.length + changed.length + retired.length === 0) {
    return <p className="small muted">The two versions ask for the same.</p>
  }
  return (
    <ul className="changes">
      {added.map((one) => (
        <Whole key={`added ${one.ref}`} fate="added" requirement={one} />
      ))}
      {changed.map((one) => (
        <Changed key={one.ref} requirement={one} />
      ))}
      {retired.map((one) => (
        <Whole key={`retired ${one.ref}`} fate="retired" requirement={one} />
      ))}
    </ul>
  )
}

/** Tasks that a version has and the other had not, and the other way round. */
export function TaskChanges({ diff }: { diff: PlanDiffView }) {
  const { added, changed, removed } = diff.tasks
  if (added.length + changed.length + removed.length === 0) {
    return <p className="small muted">The tasks are the same.</p>
  }
  return (
    <ul className="changes">
      {added.map(({ number, title }) => (
        <li key={`added ${number}`}>
          <Fated fate="added" name={number} text={title} />
        </li>
      ))}
      {changed.map(({ number, title, before }) => (
        <li key={`changed ${number}`}>
          <Fated fate="changed" name={number} text="" />
          <Rewritten before={`${before.number} ${before.title}`} after={`${number} ${title}`} />
        </li>
      ))}
      {removed.map(({ number, title }) => (
        <li key={`removed ${number}`}>
          <Fated fate="retired" name={number} text={title} />
        </li>
      ))}
    </ul>
  )
}
