import type { EventBody, ProjectEvent } from '../domain/event.ts'
import { type Output, printable } from './output.ts'

/** What one event says to somebody at the terminal. */
export interface ProgressLine {
  /** Lines that stay; absent when the event only changes what is under way. */
  lines?: readonly string[]
  /** What is under way from now on; an empty text when nothing is. */
  now?: string
}

function count(n: number | undefined, one: string, many = `${one}s`): string {
  return `${n ?? 0} ${n === 1 ? one : many}`
}

function list(parts: readonly string[]): string {
  return parts.join(', ')
}

/** One step's line: its name in a column of its own, so that the lines can be scanned. */
function step(mark: string, name: string, text: string): string {
  return `${mark} ${name.padEnd(10)} ${text}`
}

function buildLine(body: Extract<EventBody, { build: string }>): ProgressLine {
  switch (body.type) {
    case 'build.started':
      return {
        lines: [
          step(
            '•',
            'build',
            `${body.attempt === undefined ? '' : 'again '}started by ${body.agent}`,
          ),
        ],
        now: 'building',
      }
    case 'build.progress':
      return { now: `building: ${body.done} of ${body.total} tasks` }
    case 'build.task': {
      const { task } = body
      if (task.state === 'completed')
        return { lines: [step('✓', 'task', `${task.id} ${task.title}`)] }
      // Optional tasks that nobody asked for are on the page; here they would drown the others.
      if (task.reason === undefined || task.optional) return {}
      return { lines: [step('○', 'task', `${task.id} ${task.title} — open: ${task.reason}`)] }
    }
    case 'build.delivered': {
      const where = body.pull_request?.url ?? `branch ${body.branch} of ${body.url}`
      return { lines: [step('✓', 'delivered', where)] }
    }
    case 'build.not_delivered':
      return { lines: [step('!', 'delivery', `failed: ${body.message}`)] }
    case 'build.needs_input':
      return {
        lines: [step('?', 'build', `waits for an answer: ${body.question}`)],
        now: 'waiting',
      }
    case 'build.input_closed':
      return { now: 'building' }
    case 'build.completed': {
      const open = body.total - body.done
      const left = open > 0 ? `, ${open} left open with a reason` : ''
      const tests = `${count(body.tests.passed, 'test')} passed`
      const lines = [step('✓', 'build', `${body.done} of ${body.total} tasks${left}; ${tests}`)]
      if (body.folder !== undefined) lines.push(step('✓', 'built in', body.folder))
      return { lines, now: '' }
    }
    case 'build.failed':
      return { lines: [step('✗', 'build', `${body.message} (${body.code})`)], now: '' }
    case 'build.cancelled':
      return { lines: [step('✗', 'build', 'cancelled')], now: '' }
    case 'build.queued':
    case 'build.evidence':
    case 'build.log':
      return {}
    default:
      return {}
  }
}

/** What an event says, without its time. */
export function describeEvent(body: EventBody): ProgressLine {
  if ('build' in body) return buildLine(body)
  switch (body.type) {
    case 'conversation.received':
      return { lines: [step('✓', 'received', `${count(body.turns, 'turn')} from ${body.source}`)] }
    case 'stage.started':
      return { now: body.stage }
    case 'brief.ready': {
      const { counts } = body
      const parts = [
        count(counts['requirements'], 'requirement'),
        count(counts['entities'], 'entity', 'entities'),
        count(counts['citations'], 'citation'),
        count(counts['openQuestions'], 'open question'),
      ]
      return { lines: [step('✓', 'analysed', list(parts))], now: 'planning' }
    }
    case 'plan.ready': {
      const { counts } = body
      const parts = [
        count(counts['requirements'], 'requirement'),
        count(counts['criteria'], 'criterion', 'criteria'),
        count(counts['tasks'], 'task'),
        `hash ${body.hash.slice(0, 12)}`,
      ]
      const held = (body.held ?? []).map(({ message }) => step('!', 'held', message))
      return { lines: [step('✓', 'planned', list(parts)), ...held], now: 'waiting for an approval' }
    }
    case 'plan.approved': {
      const who = body.how === 'auto' ? 'by the standing approval' : 'by a person'
      return { lines: [step('✓', 'approved', who)], now: 'starting the build' }
    }
    case 'plan.rejected':
      return { lines: [step('✗', 'rejected', body.reason)], now: '' }
    case 'stage.failed': {
      const when = body.afterSeconds === undefined ? '' : ` in ${body.afterSeconds} s`
      const again = body.again ? `; it is tried again${when}` : ''
      return { lines: [step('✗', body.stage, `${body.message} (${body.code})${again}`)] }
    }
    case 'budget.warned': {
      const more =
        body.unknownUsd === undefined ? '' : `, and up to $${body.unknownUsd} of unknown cost,`
      const spent = `$${body.spentUsd}${more} of the ${body.scope}'s $${body.limitUsd} is spent`
      return { lines: [step('!', 'budget', spent)] }
    }
    case 'project.status':
      return body.to === 'failed' || body.to === 'cancelled' || body.to === 'paused'
        ? { lines: [step('✗', body.to, body.reason ?? '')], now: '' }
        : {}
    case 'comment.added':
      return { lines: [step('•', 'comment', `on ${body.ref} of ${body.document}`)] }
    case 'comment.resolved':
      return { lines: [step('✓', 'comment', `on ${body.ref} of ${body.document} is resolved`)] }
    // What it says was said by the stage that failed.
    case 'alert.raised':
    case 'stage.finished':
      return {}
    default:
      return {}
  }
}

/** Writes a project's events as they come: lines, and on a terminal what is under way below them. */
export interface Progress {
  show(event: ProjectEvent): void
  end(): void
}

export function makeProgress(output: Output, name: string): Progress {
  let first: number | undefined
  let now = ''
  const clear = () => output.isTty && output.raw('\r\u001b[2K')
  const draw = () => output.isTty && now !== '' && output.raw(`… ${now}`)
  return {
    show(event) {
      if (output.json) {
        output.result('', { project: event.projectId, seq: event.seq, at: event.at, ...event.body })
        return
      }
      const at = Date.parse(event.at)
      first ??= at
      const described = describeEvent(event.body)
      clear()
      const seconds = ((at - first) / 1000).toFixed(1).padStart(6)
      for (const line of described.lines ?? []) {
        output.say(`${name}${seconds} s  ${printable(line)}`)
      }
      now = described.now === undefined ? now : printable(described.now)
      draw()
    },
    end() {
      clear()
      now = ''
    },
  }
}
