import type { Brief } from '../../domain/brief.ts'
import { recogniseCapability } from '../../kiro/recognise-capability.ts'
import { boundedLine } from '../../domain/screen/bounded-line.ts'
import { renderEars } from '../../kiro/ears.ts'
import { capitalised } from '../../kiro/english.ts'
import { inline, plainLine } from '../../kiro/inline.ts'
import { criterionOf } from '../offline/criteria.ts'
import type { PlannedCriterion, PlannedEntity, PlannedRequirement } from '../offline/planned.ts'
import { withoutKeywords, withoutStop } from '../offline/sentence.ts'
import { storyOf } from '../offline/stories.ts'
import type { AnsweredCriterion, AnsweredPlan } from './answer.ts'
import type { BriefIndex } from './brief-index.ts'
import { groundedShare, isGroundless, type LineGate, tellingWords } from './line-gate.ts'

const most = { requirements: 80, criteria: 12, conditions: 3, items: 12 }

/** The proposal's requirements as they may stand, and where each of its criteria went. */
export interface TakenRequirements {
  requirements: PlannedRequirement[]
  /** By the proposal's own number, `1.2`: the criterion that came of it. */
  byNumber: ReadonlyMap<string, PlannedCriterion>
  /** Ids of the brief whose criteria the offline planner wrote, because the model wrote none. */
  filled: string[]
}

export interface RequirementParts {
  brief: Brief
  index: BriefIndex
  entities: readonly PlannedEntity[]
  system: string
  gate: LineGate
  /** Ids that the proposal leaves out with a reason. */
  leftOut: ReadonlySet<string>
}

/** Takes over what may stand; what the brief asks for and the model passed over, code writes itself. */
export function takeRequirements(answer: AnsweredPlan, parts: RequirementParts): TakenRequirements {
  const byNumber = new Map<string, PlannedCriterion>()
  const requirements = answer.requirements
    .slice(0, most.requirements)
    .flatMap(({ title, story, criteria }, at): PlannedRequirement[] => {
      const taken = criteria.slice(0, most.criteria).flatMap((criterion, index) => {
        const planned = criterionFrom(criterion, parts)
        if (planned !== undefined) byNumber.set(`${at + 1}.${index + 1}`, planned)
        return planned === undefined ? [] : [planned]
      })
      const [first] = taken
      if (first === undefined) return []
      const ground = parts.index.ground(taken.flatMap(({ items }) => items))
      for (const { text } of taken) for (const word of tellingWords(text)) ground.add(word)
      const name = grounded(parts.gate, 'requirement', title, 90, ground) ?? first.title
      return [{ title: name, story: storyFrom(story, first.items, ground, parts), criteria: taken }]
    })
  const planned = new Set([...byNumber.values()].flatMap(({ items }) => items))
  const missing = parts.index.wanted.filter(({ id }) => !planned.has(id) && !parts.leftOut.has(id))
  const more = missing.map((item): PlannedRequirement => {
    const criterion = criterionOf(item, parts.system, parts.entities)
    return { title: criterion.title, story: storyOf(item), criteria: [criterion] }
  })
  return { requirements: [...requirements, ...more], byNumber, filled: missing.map(({ id }) => id) }
}

function criterionFrom(
  criterion: AnsweredCriterion,
  { index, entities, system, gate }: RequirementParts,
): PlannedCriterion | undefined {
  const whole = wordsOf(criterion)
  const named = [...new Set(criterion.items)].slice(0, most.items)
  const items = named.filter((id) => index.isPlannable(id))
  if (items.length === 0) {
    gate.remove('criterion', whole, 'It carries out nothing that the brief asks for.')
    return undefined
  }
  if (!speaksOf(criterion, items, index)) {
    gate.remove('criterion', whole, 'It does not speak of the items that it names.')
    return undefined
  }
  const text = gate.pass('criterion', whole, 2_000) && earsOf(criterion, system)
  if (text === undefined) return undefined
  const capability = recogniseCapability({ text }, entities)
  const inferred = inferredOf(criterion, items, index)
  return {
    title:
      grounded(gate, 'title', withoutStop(criterion.title), 90, index.ground(items)) ??
      shortened(criterion.response),
    text,
    ...(capability && { capability }),
    items,
    citations: index.citations(items),
    ...(inferred !== undefined && { inferred }),
    ...(index.isKept(items) && { kept: true }),
  }
}

/** Why nobody asked for it: the model says so, the brief does, or its words go beyond the items' words. */
function inferredOf(
  { inferred, conditions, response }: AnsweredCriterion,
  items: readonly string[],
  index: BriefIndex,
): string | undefined {
  if (inferred !== null) return boundedLine(inferred, 250) || 'Added by the model.'
  const guess = index.inferred(items)
  if (guess !== undefined) return guess
  return groundedShare(saidIn({ conditions, response }), index.ground(items)) < 0.34
    ? 'Its words go beyond what the brief says there.'
    : undefined
}

function saidIn({
  conditions,
  response,
}: Pick<AnsweredCriterion, 'conditions' | 'response'>): string {
  return [...conditions.map(({ text }) => text), response].join(' ')
}

/** Whether a fifth of its words or more stand in the items that it names. */
export function speaksOf(
  criterion: AnsweredCriterion,
  items: readonly string[],
  index: BriefIndex,
): boolean {
  return groundedShare(saidIn(criterion), index.ground(items)) >= 0.2
}

export function wordsOf({ conditions, response, title, inferred }: AnsweredCriterion): string {
  return [title, ...conditions.map(({ text }) => text), response, inferred ?? ''].join('\n')
}

/** The statement in EARS, its parts put together by code; undefined when there is no response. */
export function earsOf(
  { conditions, response }: AnsweredCriterion,
  system: string,
): string | undefined {
  const said = withoutStop(plainPart(response)).replace(
    /^(?:the system |it )?(?:shall|must|will) /i,
    '',
  )
  if (said === '') return undefined
  const heads = conditions.slice(0, most.conditions).flatMap(({ keyword, text }) => {
    const clause = plainPart(text)
      .replaceAll(',', '')
      .replace(/^(?:when|if|while|where) /i, '')
    return clause === '' ? [] : [{ keyword, text: clause }]
  })
  return renderEars({ conditions: heads, system, response: said })
}

function plainPart(text: string): string {
  return withoutKeywords(inline(boundedLine(text, 500), 500))
}

/** A short text that must speak of what it heads; undefined, and removed, when it does not. */
function grounded(
  gate: LineGate,
  what: string,
  text: string,
  max: number,
  ground: ReadonlySet<string>,
): string | undefined {
  const line = gate.pass(what, text, max)
  if (line === undefined || groundedShare(text, ground) >= 0.2) return line
  gate.remove(what, text, 'It does not speak of what it heads.')
  return undefined
}

function shortened(response: string): string {
  return capitalised(plainLine(withoutStop(plainPart(response)), 90)).replace(/\\+(?=…$)/, '')
}

/** The proposal's story; in the words of the brief where it speaks of something else. */
function storyFrom(
  { role, want, benefit }: AnsweredPlan['requirements'][number]['story'],
  items: readonly string[],
  ground: ReadonlySet<string>,
  { gate, brief }: RequirementParts,
): PlannedRequirement['story'] {
  const own = storyOf(brief.items.find(({ id }) => items.includes(id)))
  const part = (text: string, max: number): string =>
    withoutStop(gate.pass('story', text, max) ?? '').replaceAll(/\b(?:I want|so that)\b/gi, 'and')
  const said = { role: part(role, 60).replace(/^an? /i, ''), want: part(want, 200) }
  if (said.role === '' || said.want === '') return own
  if (groundedShare(`${role} ${want}`, ground) < 0.2) {
    gate.remove('story', `${role}: ${want}`, 'It does not speak of what it heads.')
    return own
  }
  return { ...said, benefit: isGroundless(benefit, ground) ? '' : part(benefit, 200) }
}
