import type { ReactNode } from 'react'
import type { PlanDraft } from '../../../src/domain/plan.ts'
import type { PlanView } from '../../../src/http/views.ts'
import { count } from '../format/count.ts'
import { Age } from '../parts/age.tsx'
import { Chip } from '../parts/chip.tsx'
import { CopyText } from '../parts/copy-text.tsx'
import { Fact, Facts } from '../parts/facts.tsx'

function Section({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="overline">{name}</h2>
      {children}
    </section>
  )
}

const bases: Readonly<Record<PlanDraft['stack'][number]['basis'], string>> = {
  asked_for: 'asked for',
  constraint: 'needed',
  default: 'default',
}

function Stack({ stack }: { stack: PlanDraft['stack'] }) {
  return (
    <Section name="Stack">
      <ul className="fact-list">
        {stack.map(({ part, choice, reason, basis }) => (
          <li key={part}>
            <span>
              {part}: <strong>{choice}</strong>{' '}
              {basis !== 'default' && <Chip tone="good">{bases[basis]}</Chip>}
            </span>
            <span className="muted">{reason}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function EstimateFacts({ estimate }: { estimate: PlanDraft['estimate'] }) {
  return (
    <Section name="Estimate">
      <p className="numbers">
        <strong>
          {estimate.low} to {estimate.high} hours
        </strong>{' '}
        <span className="muted">of a skilled developer without an agent</span>
      </p>
      <ul className="fact-list muted">
        {estimate.assumptions.map((assumption) => (
          <li key={assumption}>{assumption}</li>
        ))}
      </ul>
    </Section>
  )
}

function LeftOut({ leftOut }: { leftOut: PlanDraft['leftOut'] }) {
  return (
    <Section name="Left out">
      <ul className="fact-list">
        {leftOut.map(({ item, reason }) => (
          <li key={`${item} ${reason}`}>
            <strong>{item}</strong>
            <span className="muted">{reason}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function lintWords(view: PlanView): string {
  const errors = view.lint.filter((finding) => finding.severity === 'error').length
  const warnings = view.lint.length - errors
  if (view.lint.length === 0) return 'No findings'
  return `${count(errors, 'error')}, ${count(warnings, 'warning')}`
}

/** What is to be known about a plan beside its files. */
export function PlanFacts({ view }: { view: PlanView }) {
  const { hash, version, approved, plan } = view
  return (
    <aside className="plan-facts" aria-label="About the plan">
      <Section name="Plan">
        <Facts>
          <Fact name="Hash">
            <CopyText text={hash} shown={`${hash.slice(0, 12)}…`} what="the plan's hash" />
          </Fact>
          <Fact name="Version">{version}</Fact>
          <Fact name="Approved">
            {approved === null && 'not yet'}
            {approved !== null && (
              <>
                {approved.how === 'auto' ? 'automatically' : 'by a person'},{' '}
                <Age at={approved.at} />
              </>
            )}
          </Fact>
          <Fact name="Checks">{lintWords(view)}</Fact>
          <Fact name="Written">
            {plan.madeBy.kind === 'offline' ? 'offline, without a model' : `by ${plan.madeBy.name}`}
          </Fact>
        </Facts>
      </Section>
      <EstimateFacts estimate={plan.estimate} />
      {plan.stack.length > 0 && <Stack stack={plan.stack} />}
      {plan.leftOut.length > 0 && <LeftOut leftOut={plan.leftOut} />}
    </aside>
  )
}
