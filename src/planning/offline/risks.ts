import type { Brief } from '../../domain/brief.ts'
import { jobOf } from '../../domain/job.ts'
import type { Risk } from '../../domain/plan.ts'
import { inline, plainLine } from '../../kiro/inline.ts'
import { findWording } from '../../kiro/lint/wording.ts'
import { numberedCriteria } from './planned.ts'
import type { Outline } from './planned.ts'

/** More of one sort would hide the others. */
const MAX_EACH = 5

/** What may go wrong with this plan, as far as the talk shows it, and what is done about it. */
export function risksOf(brief: Brief, { areas }: Outline): Risk[] {
  const asked = numberedCriteria(areas).filter(({ value }) => value.inferred === undefined)
  const unclear = asked.filter(({ value }) => value.capability === undefined)
  const some = (
    list: readonly { id: string; text: string }[],
    lead: string,
    measure: string,
  ): Risk[] =>
    list.slice(0, MAX_EACH).map(({ id, text }) => {
      return { risk: plainLine(`${lead}: ${text}`, 600), measure, items: [id] }
    })
  const ofKind = (kind: Brief['items'][number]['kind']) =>
    brief.items
      .filter((item) => item.kind === kind && item.priority.level !== 'wont')
      .map(({ id, statement }) => ({ id, text: statement }))
  return [
    ...some(
      brief.contradictions.map(({ id, statement }) => ({ id, text: statement })),
      'Two statements contradict each other',
      'A person decides before the tasks that it touches begin.',
    ),
    ...some(
      brief.openQuestions.map(({ id, question }) => ({ id, text: question })),
      'Not decided yet',
      'Ask before the tasks that it touches begin.',
    ),
    ...some(
      ofKind('integration'),
      'Depends on a system of somebody else',
      'Get access and an account for tests first.',
    ),
    ...some(
      ofKind('quality').filter(({ text }) => !/\d/.test(text) && findWording(text).length > 0),
      'Cannot be measured as it was said',
      'Agree on a number and on how it is measured.',
    ),
    ...some(ofKind('timeline'), 'There is a date to be met', 'Build what must be there first.'),
    ...unclearRisk(brief, unclear.length, asked.length),
  ]
}

function unclearRisk(brief: Brief, unclear: number, asked: number): Risk[] {
  if (jobOf(brief) !== 'new') {
    const risk =
      'Nobody has seen the code of the product yet, so the effort may be off in both directions.'
    return [
      { risk, measure: 'Look at the code before the estimate is given to anybody.', items: [] },
    ]
  }
  if (unclear * 2 < asked || unclear === 0) return []
  const risk = `${unclear} of ${asked} criteria follow no known pattern, so their effort is uncertain.`
  return [{ risk, measure: 'Talk each of them through before it is built.', items: [] }]
}

/** The risks as a table. */
export function riskTable(risks: readonly Risk[]): string {
  if (risks.length === 0) return 'The talk shows none beyond those of any project.'
  const rows = risks.map(({ risk, measure, items }) => {
    return `| ${inline(risk, 600)} | ${inline(measure, 300)} | ${items.map((id) => inline(id, 20)).join(', ')} |`
  })
  return ['| Risk | What is done about it | From |', '| --- | --- | --- |', ...rows].join('\n')
}
