import { capitalised } from '../../kiro/english.ts'

const MAX_TERM = 60

/** A name as Kiro writes terms: `Waiting_List`. Letters and digits of any script stay. */
export function termOf(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []
  return words.map(capitalised).join('_').slice(0, MAX_TERM).replace(/_$/, '')
}

/** The system's name in criteria: `Yoga_Studio_Booking_System`. */
export function systemName(title: string): string {
  const words = termOf(title)
    .split('_')
    .filter((word) => /^[A-Za-z0-9]+$/.test(word))
  const name = words.slice(0, 4).join('_').slice(0, 40)
  // A name of capitals alone, or one that begins with an article, would read like a keyword.
  if (!/^[A-Z]/.test(name) || /^(?:the|shall|when|if|while|where|untitled)(?:_|$)/i.test(name))
    return 'System'
  return /(?:System|App|Software|Tool|Platform|Portal)$/.test(name) ? name : `${name}_System`
}
