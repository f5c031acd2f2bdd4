/** The envelope that Tavus puts around an event. */
export function tavusEvent(eventType: string, properties: object = {}, rest: object = {}): object {
  return {
    properties,
    conversation_id: 'c1',
    webhook_url: 'https://talkwright.example/webhooks/tavus/secret-token',
    event_type: eventType,
    message_type: eventType.split('.')[0],
    timestamp: '2026-03-10T14:00:01.514000Z',
    ...rest,
  }
}

/** `application.transcription_ready` with these entries. */
export function transcriptEvent(transcript: unknown): object {
  return tavusEvent('application.transcription_ready', { transcript })
}
