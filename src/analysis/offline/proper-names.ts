import type { BriefItem } from '../../domain/brief.ts'
import type { Turn } from '../../domain/turn.ts'
import { isRole } from './lexicon/nouns.ts'

/**
 * Gives names their capitals back, which a sentence in small letters takes from them: a word that the
 * talk writes with a capital inside of a sentence, and never without one.
 */
export function withNames(turns: readonly Turn[]): (item: BriefItem) => BriefItem {
  const names = namesIn(turns)
  const write = (text: string) => capitals(text).replace(/\bthe (?=(?:Mrs?|Ms|Dr)\b)/gi, '')
  const capitals = (text: string) =>
    text.replace(/\p{Ll}\p{L}{1,30}/gu, (word, at: number) =>
      // Not within a word: `smarek`.
      /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) ? word : (names.get(word) ?? word),
    )
  return (item) => {
    const { clause, statement } = item
    const part = (key: 'object' | 'rest') =>
      clause?.[key] === undefined ? {} : { [key]: write(clause[key]) }
    return {
      ...item,
      statement: write(statement),
      ...(clause && {
        clause: {
          ...clause,
          ...(clause.actor !== undefined && { actor: roleOf(clause.actor, names) }),
          ...part('object'),
          ...part('rest'),
        },
      }),
    }
  }
}

/** A person's name is no role, and neither is an organisation's: somebody who uses the software. */
function roleOf(actor: string, names: ReadonlyMap<string, string>): string {
  return isPerson(actor, names) || /^(?:the )?[A-Z]{2,6}$/.test(actor) ? 'user' : actor
}

function isPerson(actor: string, names: ReadonlyMap<string, string>): boolean {
  const words = actor.toLowerCase().split(' ')
  const last = words.at(-1) ?? ''
  const titled = words.some((word) => /^(?:mrs?|ms|dr)\.?$/.test(word))
  return titled || (names.has(last) && !isRole(last))
}

/** Whether the talk names somebody so: `Mrs. Lindqvist`, `Marek`. */
export function personsIn(turns: readonly Turn[]): (actor: string) => boolean {
  const names = namesIn(turns)
  return (actor) => isPerson(actor, names)
}

const titles = ['Mrs', 'Mr', 'Ms', 'Dr']

function namesIn(turns: readonly Turn[]): ReadonlyMap<string, string> {
  const written = new Map(titles.map((title) => [title.toLowerCase(), title]))
  const plain = new Set<string>()
  for (const { text, role } of turns) {
    if (role !== 'client' && role !== 'agent') continue
    // A word behind a full stop, a bracket or a quotation mark opens a sentence.
    for (const [, word = ''] of text.matchAll(/(?<=[\p{L}\p{N},;] )(\p{L}{3,31})(?![\p{L}])/gu)) {
      if (/^\p{Lu}\p{Ll}+$/u.test(word)) written.set(word.toLowerCase(), word)
      else if (/^\p{Ll}+$/u.test(word)) plain.add(word)
    }
  }
  return new Map([...written].filter(([lower]) => !plain.has(lower)))
}
