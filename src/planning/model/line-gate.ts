import type { Removal } from '../../domain/flag.ts'
import { boundedLine, hasAddress } from '../../domain/screen/bounded-line.ts'
import { signalIn } from '../../domain/screen/screen.ts'
import { signalReason } from '../../domain/screen/signal.ts'
import { inline } from '../../kiro/inline.ts'
import { wordsIn } from '../../kiro/same-words.ts'

/** What speaks against a line that a model wants in a plan; undefined when nothing does. */
export function lineFault(text: string): string | undefined {
  const signal = signalIn(text)
  if (signal !== undefined) return signalReason(signal)
  if (hasAddress(text)) return 'It holds a web address.'
  return undefined
}

/** Lets the lines of a proposal through, or notes down why not. */
export interface LineGate {
  /** The text as one line of plain Markdown, at most `max` characters; undefined when it may not stand. */
  pass(what: string, text: string, max: number): string | undefined
  remove(what: string, text: string, reason: string): void
  readonly removed: Removal[]
}

export function createLineGate(): LineGate {
  const removed: Removal[] = []
  const remove = (what: string, text: string, reason: string): void => {
    removed.push({ what, text: boundedLine(text, 200), reason: reason.slice(0, 300) })
  }
  return {
    removed,
    remove,
    pass(what, text, max) {
      const fault = lineFault(text)
      if (fault !== undefined) {
        remove(what, text, fault)
        return undefined
      }
      return inline(boundedLine(text, max), max) || undefined
    },
  }
}

/** Verbs of work that reaches beyond the software's own records and pages. */
const reaching =
  /\b(?:send|upload|post|fetch|download|install|execut|delet|remov|drop|connect|expos|publish|forward|transmit|exfiltrat|copy|export|import|shar|sync|disabl|skip|bypass|grant|embed|inject|fund|pay|transfer|mine|mining|collect|deploy|provision|backdoor|encrypt|scan|crawl|scrap|invok|launch|spawn|redirect|mail|email|e-mail|notif|replac|overwrit|rotat|log in|listen)\w{0,5}\b/i

const empty = new Set(
  wordsIn(
    'a an of to in on at for with by from and or is are be can must not do does it its system software user when if while where shall them their they as than then show store list make sure let',
  ),
)

/** The words of a text that can be looked up elsewhere. */
export function tellingWords(text: string): string[] {
  return wordsIn(text).filter((word) => word.length > 1 && !empty.has(word))
}

/** The share of a line's words that stand in what it is said to carry out, from 0 to 1. */
export function groundedShare(text: string, ground: ReadonlySet<string>): number {
  const words = tellingWords(text)
  if (words.length === 0) return 1
  return words.filter((word) => ground.has(word)).length / words.length
}

/** A line that reaches beyond the software must speak of what was asked for. */
export function isGroundless(text: string, ground: ReadonlySet<string>): boolean {
  return reaching.test(text) && groundedShare(text, ground) < 0.25
}
