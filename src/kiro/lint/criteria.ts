import { assertNever } from '../../domain/assert-never.ts'
import { parseEars } from '../ears.ts'
import type { LocatedCriterion } from '../requirement-blocks.ts'
import { columnOf } from './report.ts'
import type { Findings } from './report.ts'
import type { RuleId } from './rules.ts'
import { findWording, weakVerb } from './wording.ts'
import type { Smell } from './wording.ts'

/** The form and the wording of one acceptance criterion; `systems` are the glossary's terms. */
export function checkCriterion(
  criterion: LocatedCriterion,
  systems: ReadonlySet<string>,
  { report }: Findings,
): void {
  const { text, line } = criterion
  const start = columnOf(line, text.slice(0, 20), 2)
  if (text === '') {
    report(
      'req/empty-criterion',
      'The criterion has no text. Write what the system SHALL do.',
      line,
    )
    return
  }
  const ears = parseEars(text)
  if (!ears) {
    const form = 'WHEN/IF/WHILE/WHERE …, THE System SHALL …, or THE System SHALL …'
    report('req/not-ears', `The criterion is not EARS. Write it as: ${form}`, line, start)
  } else {
    if (systems.size > 0 && /^[A-Z]/.test(ears.system) && !systems.has(ears.system.toLowerCase())) {
      report('req/undefined-system', `The glossary does not define ${ears.system}.`, line, start)
    }
    if (/\sSHALL\s/.test(ears.response)) {
      const message =
        'The criterion has several SHALLs. Split it, so that each can be tested alone.'
      report('req/compound', message, line, start)
    }
    const verb = weakVerb(ears.response)
    if (verb !== undefined) {
      const message = `"SHALL ${verb}" names no result that a test can check. Say what is seen.`
      report('req/untestable', message, line, start)
    }
  }
  for (const { smell, phrase, at } of findWording(text)) {
    report(ruleOf(smell), adviceOn(smell, phrase), line, Math.min(start + at, line.text.length))
  }
}

function ruleOf(smell: Smell): RuleId {
  switch (smell) {
    case 'subjective':
    case 'ambiguous':
      return 'req/vague-word'
    case 'superlative':
    case 'comparative':
      return 'req/comparison'
    case 'loophole':
    case 'open-ended':
    case 'untestable':
    case 'pronoun':
      return `req/${smell}`
    default:
      return assertNever(smell)
  }
}

function adviceOn(smell: Smell, phrase: string): string {
  switch (smell) {
    case 'subjective':
      return `"${phrase}" is a matter of taste. Say what a user can do, in which steps.`
    case 'ambiguous':
      return `"${phrase}" can be read in several ways. Give a number, a limit or a list.`
    case 'superlative':
    case 'comparative':
      return `"${phrase}" compares with nothing that is named. Give the value to be reached.`
    case 'loophole':
      return `"${phrase}" leaves open whether it must be done. Name the condition, or leave it out.`
    case 'open-ended':
      return `"${phrase}" leaves the list open. Name everything that is meant.`
    case 'untestable':
      return `"${phrase}" gives a test nothing to check. Say what is seen when it went well.`
    case 'pronoun':
      return `It is not clear what "${phrase}" stands for. Repeat the name.`
    default:
      return assertNever(smell)
  }
}
