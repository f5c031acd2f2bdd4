import { pausingCodes } from '../../../src/domain/pausing-codes.ts'
import type { EventBody } from '../../../src/domain/event.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import { count } from '../format/count.ts'
import { formatDuration } from '../format/time.ts'

const spaced = (name: string) =>
  name.replaceAll('_', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
const short = (hash: string) => hash.slice(0, 12)

/** What there is one of, and what there are several of, by the names that events count by. */
const nouns = new Map<string, readonly [one: string, several: string]>([
  ['items', ['item', 'items']],
  ['entities', ['entity', 'entities']],
  ['citations', ['citation', 'citations']],
  ['requirements', ['requirement', 'requirements']],
  ['openQuestions', ['open question', 'open questions']],
  ['contradictions', ['contradiction', 'contradictions']],
  ['criteria', ['criterion', 'criteria']],
  ['ears', ['criterion in EARS', 'criteria in EARS']],
  ['tasks', ['task', 'tasks']],
  ['warnings', ['warning', 'warnings']],
])

function countsWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, value]) => count(value, ...(nouns.get(name) ?? [spaced(name), spaced(name)])))
    .join(', ')
}

type BuildBody = Extract<EventBody, { build: string }>

function describeClosed({
  end,
  option,
}: Extract<BuildBody, { type: 'build.input_closed' }>): string {
  switch (end) {
    case 'answered':
      return `Question answered${option === undefined ? '' : `: ${spaced(option)}`}`
    case 'expired':
      return 'Nobody answered the question in time'
    case 'withdrawn':
      return 'The build ended before its question was answered'
    default:
      return assertNever(end)
  }
}

function describeBuild(body: BuildBody): string {
  switch (body.type) {
    case 'build.queued':
      return `Build queued for plan ${short(body.hash)}`
    case 'build.started':
      return body.attempt === undefined
        ? `Build started by ${body.agent}`
        : `Build taken up again by ${body.agent}, attempt ${body.attempt}`
    case 'build.progress':
      return `${body.done} of ${body.total} tasks done`
    case 'build.task': {
      const { id, title, state, reason } = body.task
      const why = reason === undefined ? '' : `: ${reason}`
      return `Task ${id} ${title}, ${spaced(state)}${why}`
    }
    case 'build.evidence': {
      const shown = body.criteria.filter(({ result }) => result === 'passed')
      const refs = shown.slice(0, 10).map(({ ref }) => ref)
      if (refs.length === 0)
        return `Nothing is shown of ${count(body.criteria.length, 'criterion', 'criteria')}`
      const more = shown.length > refs.length ? ` and ${shown.length - refs.length} more` : ''
      return `Shown by a test: ${refs.join(', ')}${more}`
    }
    case 'build.delivered':
      return body.pull_request === undefined
        ? `Delivered as branch ${body.branch} of ${body.url}`
        : `Delivered as pull request ${body.pull_request.number}: ${body.pull_request.url}`
    case 'build.not_delivered':
      return `Not delivered: ${body.message}`
    case 'build.log':
      return `${body.kind}: ${body.text}`
    case 'build.needs_input':
      return `The agent asks: ${body.question}`
    case 'build.input_closed':
      return describeClosed(body)
    case 'build.completed':
      return `Build completed: ${body.done} of ${body.total} tasks, ${count(body.tests.passed, 'test')} passed, ${body.tests.failed} failed`
    case 'build.failed':
      return `Build failed: ${body.message} (${body.code})`
    case 'build.cancelled':
      return 'Build cancelled'
    default:
      return assertNever(body)
  }
}

/** An event in a sentence. */
export function describeEvent(body: EventBody): string {
  switch (body.type) {
    case 'conversation.received':
      return `Talk received from ${body.source} with ${count(body.turns, 'turn')}`
    case 'project.status': {
      const why = body.reason === undefined ? '' : `: ${body.reason}`
      return `Status ${spaced(body.to)}${why}`
    }
    case 'stage.started':
      return `Stage ${body.stage} started${body.attempt > 1 ? `, attempt ${body.attempt}` : ''}`
    case 'stage.finished':
      return `Stage ${body.stage} finished in ${formatDuration(body.ms)}`
    case 'stage.failed': {
      const when = body.afterSeconds === undefined ? '' : ` in ${body.afterSeconds} s`
      const next = body.again ? `, it is tried again${when}` : ''
      const what = pausingCodes.has(body.code) ? 'paused' : 'failed'
      return `Stage ${body.stage} ${what}: ${body.message} (${body.code})${next}`
    }
    case 'alert.raised':
      return `Alert: ${body.stage} was given up after ${count(body.attempts, 'attempt')} (${body.code})`
    case 'budget.warned': {
      const more =
        body.unknownUsd === undefined ? '' : `, and up to $${body.unknownUsd} of unknown cost,`
      return `The ${body.scope}’s budget runs out: $${body.spentUsd}${more} of $${body.limitUsd} is spent`
    }
    case 'brief.ready':
      return `Brief ${body.version} ready: ${countsWords(body.counts)}`
    case 'plan.ready': {
      const held = (body.held ?? []).map(({ message }) => ` ${message}`)
      const waits = held.length === 0 ? '' : `. It waits for a person:${held.join('')}`
      return `Plan ${body.version} ready, ${short(body.hash)}: ${countsWords(body.counts)}${waits}`
    }
    case 'plan.approved': {
      const how = body.how === 'auto' ? ' automatically' : ''
      return `Plan ${short(body.hash)} approved${how}`
    }
    case 'plan.rejected':
      return `Plan ${short(body.hash)} rejected: ${body.reason}`
    case 'comment.added':
      return `Comment on ${body.ref} of ${body.document}`
    case 'comment.resolved':
      return `Comment on ${body.ref} of ${body.document} resolved`
    default:
      return describeBuild(body)
  }
}
