import type { Brief, BriefItem, Entity } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import { jobOf, keptIn } from '../../domain/job.ts'
import { tellingWords } from './line-gate.ts'

/** The brief by its ids: what criteria may name, and with which words. */
export interface BriefIndex {
  has(id: string): boolean
  /** Whether it may be planned at all: not what the client left out. */
  isPlannable(id: string): boolean
  citations(ids: readonly string[]): Citation[]
  /** Why the whole of it is a guess; undefined when one of it was said. */
  inferred(ids: readonly string[]): string | undefined
  /** The words of these entries, and of the entities that they speak of. */
  ground(ids: readonly string[]): Set<string>
  /** What a plan must carry out or leave out with a reason. */
  readonly wanted: readonly BriefItem[]
  /** Of a product that is in use: whether all of these say that something stays as it is. */
  isKept(ids: readonly string[]): boolean
}

export function indexBrief(brief: Brief): BriefIndex {
  const items = new Map(brief.items.map((item) => [item.id, item]))
  const entities = new Map(brief.entities.map((entity) => [entity.id, entity]))
  const entry = (id: string): BriefItem | Entity | undefined => items.get(id) ?? entities.get(id)
  const isInUse = jobOf(brief) !== 'new'
  const keeps = (item: BriefItem | undefined): boolean =>
    isInUse && item !== undefined && keptIn(item.statement) !== undefined
  const isWanted = (item: BriefItem): boolean =>
    item.priority.level !== 'wont' &&
    (keeps(item) || ['requirement', 'quality', 'integration', 'constraint'].includes(item.kind))
  return {
    isKept: (ids) => ids.length > 0 && ids.every((id) => keeps(items.get(id))),
    wanted: brief.items.filter(isWanted),
    has: (id) => entry(id) !== undefined,
    isPlannable: (id) => {
      const item = items.get(id)
      return item === undefined
        ? entities.has(id)
        : item.kind !== 'out_of_scope' && item.priority.level !== 'wont'
    },
    citations: (ids) => {
      const all = ids.flatMap((id) => entry(id)?.citations ?? [])
      return [...new Map(all.map((one) => [JSON.stringify([one.turn, one.quote]), one])).values()]
    },
    inferred: (ids) => {
      const found = ids.flatMap((id) => entry(id) ?? [])
      const said = found.some(({ inferred }) => inferred === undefined)
      return said ? undefined : (found[0]?.inferred ?? 'Nobody asked for it.')
    },
    ground: (ids) => {
      const own = ids.map((id) => textOf(entry(id))).join('\n')
      const words = new Set(tellingWords(own))
      const near = [...entities.values()].filter(({ name }) =>
        tellingWords(name).every((word) => words.has(word)),
      )
      for (const word of tellingWords(near.map(textOf).join('\n'))) words.add(word)
      return words
    },
  }
}

function textOf(entry: BriefItem | Entity | undefined): string {
  if (entry === undefined) return ''
  if ('name' in entry) {
    const fields = entry.fields.map(
      ({ name, options }) => `${spaced(name)} ${(options ?? []).join(' ')}`,
    )
    return `${entry.name} ${fields.join(' ')}`
  }
  const { actor = '', verb = '', object = '', rest = '', condition } = entry.clause ?? {}
  return [entry.statement, actor, verb, object, rest, condition?.text ?? ''].join(' ')
}

function spaced(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
}
