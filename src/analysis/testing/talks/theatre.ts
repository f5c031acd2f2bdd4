import type { ExpectedTalk } from '../expected-talk.ts'
import {
  asides,
  deeds,
  exclusions,
  frames,
  limits,
  offers,
  questions,
  services,
  thens,
  whats,
  whens,
  whos,
} from './theatre-parts.ts'

/** Of this list the element that a step falls on. */
function pick(list: readonly string[], step: number): string {
  return list[step % list.length] ?? ''
}

/** A small story; the lists have lengths without a common divisor, so it takes long to come back. */
function story(at: number): string {
  return `${pick(whens, at)} ${pick(whos, at)} ${pick(whats, at)}. ${pick(thens, at)}`
}

/** Small talk about the house, another one at each step. */
function wandering(step: number): [before: string, after: string] {
  const [first, second, third, fourth] = [0, 1, 2, 3].map((at) => story(step * 5 + at))
  return [
    `${first} ${pick(asides, step * 3)} ${second}`,
    `${third} ${pick(asides, step * 3 + 1)} ${fourth} ${pick(asides, step * 7 + 2)}`,
  ]
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

interface Draft {
  lines: string[]
  asked: string[]
  limits: string[]
  excluded: string[]
  ledger: Record<string, 'superseded'>
}

/** Appends a question and an answer and gives the answer's turn. */
function exchange(draft: Draft, question: string, answer: string): string {
  draft.lines.push(`A: ${question}`, `C: ${answer}`)
  return `t${draft.lines.length}`
}

function tell(draft: Draft, step: number, need: string): string {
  const [before, after] = wandering(step)
  return exchange(draft, pick(questions, step), `${before} ${need} ${after}`)
}

/**
 * A conversation of hours: more than ten thousand words, one need in each answer between stories
 * about the house, and decisions that are taken back an hour later. Always the same talk.
 */
export function theatreTalk(): ExpectedTalk {
  const draft: Draft = { lines: [], asked: [], limits: [], excluded: [], ledger: {} }
  exchange(
    draft,
    'Welcome. You have a whole theatre to tell me about, so take your time.',
    'Thank you. I brought my notes, and tea.',
  )
  const firstSaid = new Map<string, string>()
  deeds.forEach(([who, deed], step) => {
    const need = pick(frames, step).replace('WHO', who).replace('DEED', deed)
    const turn = tell(draft, step, sentenceStart(need))
    draft.asked.push(`${turn} | ${sentenceStart(who)} can ${deed}.`)
    if (step % 10 === 4) {
      const limit = limits[Math.floor(step / 10)]
      if (limit !== undefined) firstSaid.set(limit[2], tell(draft, step + 50, limit[0]))
    }
    if (step % 10 === 7) {
      const out = exclusions[Math.floor(step / 10)]
      if (out !== undefined) draft.excluded.push(`${tell(draft, step + 60, out[0])} | ${out[1]}`)
    }
    if (step % 7 === 6) {
      const service = services[Math.floor(step / 7)]
      if (service !== undefined)
        draft.asked.push(`${tell(draft, step + 70, service[0])} | ${service[1]}`)
    }
    if (step % 10 === 9) addOffer(draft, Math.floor(step / 10))
  })
  limits.forEach(([, instead, statement], step) => {
    const first = firstSaid.get(statement) ?? ''
    const turn = instead === undefined ? first : tell(draft, step + 80, instead)
    if (instead !== undefined) draft.ledger[first] = 'superseded'
    draft.limits.push(`${turn} | ${statement}`)
  })
  return {
    name: 'theatre',
    kind: 'very long',
    ...draft,
    entities: {},
  }
}

function addOffer(draft: Draft, at: number): void {
  const offer = offers[at]
  if (offer === undefined) return
  const [question, answer, statement, isExcluded] = offer
  const turn = exchange(draft, question, answer)
  const list = isExcluded ? draft.excluded : draft.asked
  list.push(`t${draft.lines.length - 1},${turn} | ${statement}`)
}
