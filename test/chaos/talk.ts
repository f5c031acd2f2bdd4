/** One of the three messages that Tavus sends of every call. */
export interface Message {
  conversation: string
  eventType: string
  body: string
}

const things = [
  'room',
  'bike',
  'ticket',
  'lesson',
  'invoice',
  'recipe',
  'parcel',
  'garden',
] as const
const fields = ['name', 'price', 'colour', 'location', 'owner', 'date'] as const

/** What is said in the nth call; a few things and fields, so that no two neighbours are alike. */
function transcript(n: number): object[] {
  const thing = things[n % things.length] ?? 'room'
  const field = fields[Math.floor(n / things.length) % fields.length] ?? 'name'
  const lines = [
    ['assistant', 'What do you need?'],
    ['user', `Members must be able to add ${thing}s. Each ${thing} has a name and a ${field}.`],
    ['assistant', 'Who looks at them?'],
    ['user', `The staff must be able to see all ${thing}s.`],
    ['assistant', `How long may a member keep a ${thing}?`],
    ['user', 'I do not know yet. We still have to decide that.'],
  ]
  return lines.map(([role, content], index) => ({ role, content, seconds_from_start: index * 7 }))
}

/** What somebody says later of the nth call's project, as a transcript. */
export function furtherTalk(n: number): string {
  const thing = things[n % things.length] ?? 'room'
  return `Client: One more thing. The manager must be able to delete ${thing}s.`
}

/** What somebody answers to what the nth call left open. */
export function answerText(n: number): string {
  const thing = things[n % things.length] ?? 'room'
  return `A member can keep a ${thing} for ${2 + (n % 5)} weeks.`
}

/** A talk whose plan holds only what was asked for, so that a standing approval covers it. */
function smallTranscript(): object[] {
  return [
    { role: 'assistant', content: 'What do you need?' },
    { role: 'user', content: 'Members must be able to add rooms. Each room has a name.' },
  ]
}

/** The three messages of a call, in the order in which Tavus sends them. */
export function messagesOf(conversation: string, n: number, kind: 'plan' | 'build'): Message[] {
  const spoken = kind === 'plan' ? transcript(n) : smallTranscript()
  const properties: Record<string, object> = {
    'system.replica_joined': { replica_id: 'r-1' },
    'system.shutdown': { replica_id: 'r-1', shutdown_reason: 'participant_left_timeout reached' },
    'application.transcription_ready': { replica_id: 'r-1', transcript: spoken },
  }
  return Object.entries(properties).map(([eventType, content]) => ({
    conversation,
    eventType,
    body: JSON.stringify({
      properties: content,
      conversation_id: conversation,
      webhook_url: 'https://talkwright.example/webhooks/tavus/secret-token',
      event_type: eventType,
      message_type: eventType.split('.')[0],
      timestamp: '2026-03-10T14:00:01.514000Z',
    }),
  }))
}
