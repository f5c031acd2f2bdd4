import type { BriefItem } from '../../domain/brief.ts'
import { keptIn } from '../../domain/job.ts'
import { recogniseCapability } from '../../kiro/recognise-capability.ts'
import type { Capability } from '../../kiro/capability.ts'
import { isUserAction } from '../../kiro/capability-trigger.ts'
import { wordingsOf } from '../../kiro/capability-wording.ts'
import type { EntityModel } from '../../kiro/data-models.ts'
import { parseEars, renderEars } from '../../kiro/ears.ts'
import { thirdPersonOf } from '../../kiro/english.ts'
import { inline, plainLine } from '../../kiro/inline.ts'
import type { EarsCondition } from '../../kiro/tree.ts'
import { interpret } from './interpret.ts'
import type { PlannedCriterion } from './planned.ts'
import {
  actorOf,
  isNews,
  isSystem,
  lowerFirst,
  sentenceOf,
  subjectOf,
  withNames,
  withoutKeywords,
  withoutStop,
} from './sentence.ts'
import type { Sentence } from './sentence.ts'
import { titleOf } from './titles.ts'

/** The acceptance criterion of one statement, in EARS. */
export function criterionOf(
  item: BriefItem,
  system: string,
  entities: readonly EntityModel[],
): PlannedCriterion {
  const sentence = sentenceOf(item)
  const meant = interpret(item, entities)
  const text =
    amendedText(item) ??
    (meant
      ? wordedText(meant, item, sentence, system, entities)
      : spokenText(item, sentence, system))
  const capability = recogniseCapability({ text }, entities)
  return {
    title: titleOf(item, sentence, capability !== undefined),
    text,
    ...(capability && { capability }),
    items: [item.id],
    citations: item.citations,
    ...(item.inferred !== undefined && { inferred: item.inferred }),
    ...(keptIn(item.statement) !== undefined && { kept: true }),
  }
}

/** What a person wrote into the plan as a criterion stays as it is. */
function amendedText({ amendedBy, statement }: BriefItem): string | undefined {
  const isCriterion = amendedBy !== undefined && parseEars(statement) !== undefined
  return isCriterion ? plainLine(statement) : undefined
}

/** The criterion of a capability in the words that say it best; `actor` heads its condition. */
export function capabilityText(
  capability: Capability,
  system: string,
  entities: readonly EntityModel[],
  actor?: string,
): string {
  const [{ condition, response }] = wordingsOf(capability, entities, actor)
  const { keyword } = condition
  return renderEars({
    conditions: keyword === undefined ? [] : [{ keyword, text: condition.text }],
    system,
    response,
  })
}

/** With the talk's own words for the action where they say just that. */
function wordedText(
  capability: Capability,
  item: BriefItem,
  sentence: Sentence,
  system: string,
  entities: readonly EntityModel[],
): string {
  const actor = actorOf(item, sentence)
  const [{ condition, response }] = wordingsOf(capability, entities, actor)
  const said = `${actor} ${thirdPersonOf(sentence.verb)} ${sentence.tail}`.trim()
  const isOwn =
    condition.keyword === 'WHEN' && sentence.verb !== '' && isUserAction(said, capability, entities)
  return isOwn
    ? renderEars({ conditions: [{ keyword: 'WHEN', text: said }], system, response })
    : capabilityText(capability, system, entities, actor)
}

const KEYWORDS: Readonly<Record<'when' | 'if' | 'while' | 'where', EarsCondition['keyword']>> = {
  when: 'WHEN',
  if: 'IF',
  while: 'WHILE',
  where: 'WHERE',
}

/** The statement itself as EARS, when it is more than a capability. */
function spokenText(item: BriefItem, sentence: Sentence, system: string): string {
  const condition = item.clause?.condition
  const said = condition && withoutStop(withoutKeywords(inline(condition.text, 400)))
  const text = said && withNames(said, item, sentence)
  const conditions = condition && text ? [{ keyword: KEYWORDS[condition.kind], text }] : []
  const refusal = refused(item, sentence)
  return renderEars({
    conditions: refusal === undefined ? conditions : [...conditions, refusal],
    system,
    response: refusal === undefined ? responseOf(item, sentence) : 'refuse the attempt and say why',
  })
}

/** The condition under which something that must not happen is tried. */
function refused(item: BriefItem, sentence: Sentence): EarsCondition | undefined {
  const { subject, verb, tail } = sentence
  if (verb === '' || verb === 'be' || item.clause?.actor === undefined) {
    const nobody = /^(?:nobody|no one)$/i.test(subject)
    if (!nobody || verb === '' || item.clause?.negated !== true) return undefined
    return { keyword: 'IF', text: `a user tries to ${verb} ${tail}`.trim() }
  }
  if (/^only\s/i.test(subject)) {
    const others = `a user who is not ${actorOf(item, { ...sentence, subject: subjectOf(sentence) })}`
    return { keyword: 'IF', text: `${others} tries to ${verb} ${tail}`.trim() }
  }
  if (!item.clause.negated) return undefined
  return { keyword: 'IF', text: `${actorOf(item, sentence)} tries to ${verb} ${tail}`.trim() }
}

function responseOf(item: BriefItem, sentence: Sentence): string {
  const { verb, tail, body, modality } = sentence
  const kept = keptIn(item.statement)
  if (kept !== undefined) return `CONTINUE TO keep ${lowerFirst(inline(kept, 400))} as before`
  if (item.clause?.negated === true && isSystem(sentence) && isDeed(verb)) {
    return `NOT ${verb} ${tail}`.trim()
  }
  if (verb === '' || item.clause?.negated === true) return `make sure that ${lowerFirst(body)}`
  if (isNews(item, sentence)) return `send ${subjectOf(sentence)} ${tail}`
  if (item.clause?.actor !== undefined && (modality === 'plain' ? isDeed(verb) : verb !== 'be')) {
    return modality === 'must'
      ? `require ${subjectOf(sentence)} to ${verb} ${tail}`.trim()
      : `let ${subjectOf(sentence)} ${verb} ${tail}`.trim()
  }
  if (isSystem(sentence) && verb === 'work' && /^on\s/.test(tail))
    return `offer every function ${tail}`
  return isSystem(sentence) ? `${verb} ${tail}`.trim() : `make sure that ${lowerFirst(body)}`
}

const STATES = new Set(
  'be have participate contain need want like know exist belong stay remain cost last load match mean seem depend differ become'.split(
    ' ',
  ),
)

/** Whether the verb names something that is done, not how something is. */
function isDeed(verb: string): boolean {
  return verb !== '' && !STATES.has(verb)
}
