/** Deterministic talks of any length, and the webhook bodies that Tavus would send them in. */

const idLength = 20

/** A conversation's id in Tavus's form; every one has the same length. */
export function conversationId(prefix: string, number: number): string {
  return `c-${prefix}-`.padEnd(idLength - 9, '0') + String(number).padStart(9, '0')
}

/** What the fixed brief of support/instant.ts cites. */
export const firstAnswer = 'We run a bike workshop and want to keep each bike and its owner.'

const questions = [
  'What would you like the software to do first?',
  'Who will use it every day?',
  'What has to be kept, and for how long?',
  'Is there anything that you do not need?',
] as const

const people = ['mechanics', 'customers', 'the owner', 'the front desk', 'apprentices'] as const
const deeds = ['book', 'cancel', 'search', 'edit', 'export', 'print', 'approve'] as const
const things = [
  'appointments',
  'repair orders',
  'invoices',
  'spare parts',
  'loan bikes',
  'opening hours',
] as const
const asides = [
  'Um, that is what costs us the most time right now.',
  'It must work on a phone, because nobody sits at a desk here.',
  'At the moment we write all of it in a paper diary.',
  'I think it should be quick, two seconds at most.',
  'Well, payments we would rather leave out for now.',
] as const

function pick(list: readonly string[], step: number): string {
  return list[step % list.length] ?? ''
}

/** One answer of a client, always the same for the same number. */
function answer(step: number): string {
  const who = pick(people, step)
  const deed = pick(deeds, step * 3 + 1)
  const thing = pick(things, step * 5 + 2)
  return `So ${who} need to ${deed} ${thing} number ${step}. ${pick(asides, step * 7 + 3)}`
}

export interface TalkTurn {
  role: 'assistant' | 'user'
  content: string
}

/** Turns that take up at least this many characters of text. */
export function makeTalk(characters: number): TalkTurn[] {
  const turns: TalkTurn[] = [
    { role: 'assistant', content: 'Hello! What should we build for you?' },
    { role: 'user', content: firstAnswer },
  ]
  let length = turns.reduce((sum, turn) => sum + turn.content.length, 0)
  for (let step = 0; length < characters; step += 1) {
    const pair: TalkTurn[] = [
      { role: 'assistant', content: pick(questions, step) },
      { role: 'user', content: answer(step) },
    ]
    turns.push(...pair)
    length += pair.reduce((sum, turn) => sum + turn.content.length, 0)
  }
  return turns
}

/** The JSON text of one `application.transcription_ready` of about this many bytes. */
export function transcriptBody(id: string, bytes: number): string {
  const timed = (turns: readonly TalkTurn[]) =>
    turns.map((turn, index) => ({
      ...turn,
      timestamp: '2026-03-10T14:00:04.612000Z',
      seconds_from_start: index * 8.5,
    }))
  const body = (turns: readonly TalkTurn[]) =>
    JSON.stringify({
      properties: { replica_id: 'r-bench-face', transcript: timed(turns) },
      conversation_id: id,
      webhook_url: 'https://talkwright.example/webhooks/tavus/bench',
      event_type: 'application.transcription_ready',
      message_type: 'application',
      timestamp: '2026-03-10T14:10:00.000000Z',
    })
  // The envelope and the fields of each turn count too, so the text is cut to what is left.
  let turns = makeTalk(bytes)
  const perTurn = (body(turns).length - body([]).length) / turns.length
  const room = Math.max(2, Math.floor((bytes - body([]).length) / perTurn))
  turns = turns.slice(0, room)
  return body(turns)
}
