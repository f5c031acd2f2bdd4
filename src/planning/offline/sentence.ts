import type { BriefItem } from '../../domain/brief.ts'
import { thirdPersonOf, withArticle } from '../../kiro/english.ts'
import { inline } from '../../kiro/inline.ts'

/** A statement of the brief in its parts, ready to stand within a line of Markdown. */
export interface Sentence {
  /** Without its condition and its final stop. */
  body: string
  /** As said: `The front desk`, `members`; empty when the verb was not found. */
  subject: string
  /** Base form; empty when it was not found. */
  verb: string
  /** What follows the verb: `a class on their phone`. */
  tail: string
  /** What the words between subject and verb make of it. */
  modality: 'may' | 'must' | 'plain'
}

const MODALS = new Set(
  'can could must should may might will would shall need needs to also only not never cannot has have does do be able always'.split(
    ' ',
  ),
)

/** Takes a statement apart at the verb that its clause names. */
export function sentenceOf(item: BriefItem): Sentence {
  const body = withoutCondition(withoutKeywords(inline(item.statement, 500)), item)
  const verb = item.clause?.verb.toLowerCase() ?? ''
  const words = body.split(' ')
  const forms = new Set([verb, thirdPersonOf(verb), verb === 'be' ? 'are' : verb])
  const at = words.findIndex((word, index) => index > 0 && forms.has(word.toLowerCase()))
  if (verb === '' || at < 0) {
    return { body, subject: '', verb: '', tail: '', modality: 'plain' }
  }
  const before = words.slice(0, at)
  const end = before.findLastIndex((word) => !MODALS.has(word.toLowerCase())) + 1
  const subject = before.slice(0, end).join(' ')
  const between = before.slice(end).map((word) => word.toLowerCase())
  const tail = words.slice(at + 1).join(' ')
  const parts = { body, subject, verb, tail, modality: modalityOf(between) }
  return { ...parts, tail: withNames(tail, item, parts) }
}

/**
 * `before they arrive` and `before it starts` with the names that they stand for: who acts, and what
 * is acted on. Only where one of them can be meant.
 */
export function withNames(text: string, { clause }: BriefItem, { subject }: Sentence): string {
  const who = subject === '' || clause?.actor === undefined ? undefined : subjectOfText(subject)
  const what =
    clause?.object === undefined ? undefined : withoutKeywords(inline(clause.object, 120))
  const named = (pronoun: RegExp, name: string | undefined, from: string): string =>
    name === undefined ? from : from.replace(pronoun, (_, before: string) => `${before}${name}`)
  const they = named(/(^|\b(?:before|after|until|when|once|if|unless|while) )they\b/gi, who, text)
  const isOne = what !== undefined && !/^(?:the|a|an|my|their|all|every|each)\b/i.test(what)
  return named(
    /(\b(?:before|after|until|when|once|if|unless|while) )it\b/gi,
    isOne ? `the ${what}` : undefined,
    they,
  )
}

function subjectOfText(subject: string): string {
  return lowerFirst(withoutCommas(subject.replace(/^only\s+/i, '')))
}

/** The keywords of EARS in small letters, so that a value cannot take a criterion apart. */
export function withoutKeywords(text: string): string {
  return text.replaceAll(/\b(?:WHEN|IF|WHILE|WHERE|FOR|ALL|THE|THEN|SHALL)\b/g, (word) =>
    word.toLowerCase(),
  )
}

function modalityOf(words: readonly string[]): Sentence['modality'] {
  if (words.some((word) => /^(?:can|could|may|might|should|able)$/.test(word))) return 'may'
  return words.some((word) => /^(?:must|shall|needs?|has|have)$/.test(word)) ? 'must' : 'plain'
}

/** Who brings it about, for the head of a condition: `a member`, `the front desk`. */
export function actorOf(item: BriefItem, sentence: Sentence): string {
  const actor = lowerWords(withoutCommas(withoutKeywords(inline(item.clause?.actor ?? 'user', 80))))
  if (actor === '' || /^(?:users?|everyone|everybody|anyone|anybody|nobody|people)$/.test(actor)) {
    return 'a user'
  }
  const subject = withoutCommas(sentence.subject)
  // The statement's own letters where it names the same: `the IFA`.
  const isSame = subject.toLowerCase() === `the ${actor.toLowerCase()}`
  if (isSame) return lowerFirst(subject)
  return /^(?:the|first|last|each|every)\s/.test(actor)
    ? `the ${actor.replace(/^the\s/, '')}`
    : withArticle(actor)
}

/** In small letters, but for names in capitals: `IFA representative`. */
function lowerWords(text: string): string {
  return text
    .split(' ')
    .map((word) => (/^[A-Z]{2,6}$/.test(word) ? word : word.toLowerCase()))
    .join(' ')
}

/** The subject within a sentence: `the teams`, `members`. */
export function subjectOf({ subject }: Sentence): string {
  return subjectOfText(subject)
}

const NEWS =
  /\b(?:e-?mails?|messages?|notifications?|reminders?|alerts?|sms|texts?|information|newsletters?|warnings?|links?|bills?|invoices?|receipts?|codes?|confirmations?)\b/i

/** Somebody gets word of something: the system has to send it. */
export function isNews({ clause }: BriefItem, sentence: Sentence): boolean {
  const { subject, verb, tail } = sentence
  const isSomebody = clause?.negated === false && subject !== '' && !isSystem(sentence)
  return isSomebody && /^(?:get|receive)$/.test(verb) && NEWS.test(tail)
}

/** Whether the software itself is the subject. */
export function isSystem({ subject }: Sentence): boolean {
  return /^(?:the|this) (?:system|software|app|application)$/i.test(subject)
}

/** The first word in small letters, unless it is a name in capitals. */
export function lowerFirst(text: string): string {
  return /^[A-Z](?![A-Z])/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

/** The text without its final stops. */
export function withoutStop(text: string): string {
  let end = text.length
  while (end > 0 && /[.\s,;:!?]/.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

function withoutCommas(text: string): string {
  return text.replaceAll(',', '')
}

/** The statement without its condition, whether that leads or follows. */
function withoutCondition(statement: string, { clause }: BriefItem): string {
  const plain = withoutStop(statement)
  if (!clause?.condition) return plain
  const condition = withoutStop(withoutKeywords(inline(clause.condition.text, 500)))
  const trailing = ` ${clause.condition.kind} ${condition}`.toLowerCase()
  if (condition !== '' && plain.toLowerCase().endsWith(trailing)) {
    return plain.slice(0, -trailing.length)
  }
  const comma = statement.indexOf(', ')
  const leads = /^(?:when|if|while|where|whenever)\s/i.test(statement)
  if (!leads || comma < 0) return plain
  const end = statement.indexOf(', ', Math.min(condition.length, statement.length))
  return withoutStop(statement.slice((end < 0 ? comma : end) + 2))
}
