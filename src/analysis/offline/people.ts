import type { Finding } from './findings.ts'
import { capitalised, plural, thirdPerson } from './inflect.ts'
import { isHuman } from './lexicon/nouns.ts'
import type { Merged } from './merge.ts'
import { listText } from './records-statement.ts'

const nobodyInParticular = new Set([
  'user',
  'somebody',
  'someone',
  'one',
  'everyone',
  'everybody',
  'anybody',
  'anyone',
  'nobody',
  'people',
  'person',
  '',
])

/** Who uses the software and for what, from the deeds that were asked for; a person's name is no group. */
export function usersOf(items: readonly Merged[], isPerson: (actor: string) => boolean): Finding[] {
  const groups = new Map<string, Merged[]>()
  for (const item of items) {
    const name = groupName(item.clause?.actor)
    if (item.kind !== 'requirement' || name === undefined || item.clause?.negated === true) continue
    if (isPerson(name)) continue
    groups.set(name, [...(groups.get(name) ?? []), item])
  }
  return [...groups.entries()].slice(0, 12).map(([name, deeds]) => userOf(name, deeds))
}

function groupName(actor: string | undefined): string | undefined {
  const name = (actor ?? '').split(/ (?:on|to|of|in|and|or) /)[0] ?? ''
  const head = name.split(' ').at(-1) ?? ''
  const known = isHuman(head) || /^[A-Z]{2,6}$/.test(head)
  return nobodyInParticular.has(name) ||
    name.split(' ').length > 3 ||
    !known ||
    /first |last |same |next /.test(`${name} `)
    ? undefined
    : name
}

function userOf(name: string, deeds: readonly Merged[]): Finding {
  const phrases = [...new Set(deeds.flatMap(deedText))].slice(0, 4)
  const single = deeds.every(({ statement }) => !statement.toLowerCase().includes(plural(name)))
  const subject = single ? `The ${name}` : capitalised(plural(name))
  const first = deeds[0]
  return {
    kind: 'user',
    statement:
      `${subject} ${single ? thirdPerson('use') : 'use'} the software${phrases.length > 0 ? ` to ${listText(phrases)}` : ''}.`.slice(
        0,
        1_000,
      ),
    priority: {
      level: 'must',
      reason: `Named in ${deeds.length === 1 ? 'a requirement' : `${deeds.length} requirements`}.`,
    },
    citations: deeds.flatMap(({ citations }) => citations).slice(0, 8),
    saidBy: first?.saidBy ?? '',
    at: first?.at ?? 0,
    replaces: false,
  }
}

/** What someone does, in the words of the statement: `see the weekly schedule`. */
function deedText({ statement, clause }: Merged): string[] {
  const { condition } = clause ?? {}
  const main =
    condition === undefined
      ? statement
      : statement.slice(`${condition.kind} ${condition.text}, `.length)
  const deed = /^.{1,120}? (?:can(?: only)?|must|gets?|receives?) (.{3,90})\.$/.exec(main)
  if (deed === null || clause === undefined) return []
  return [
    clause.verb === 'get' || clause.verb === 'receive'
      ? `${clause.verb} ${deed[1] ?? ''}`
      : (deed[1] ?? ''),
  ]
}
