import type { Brief } from '../../domain/brief.ts'
import { jobOf } from '../../domain/job.ts'
import type { StackChoice } from '../../domain/plan.ts'
import { plainLine } from '../../kiro/inline.ts'

const DEFAULTS: readonly StackChoice[] = [
  {
    part: 'Runtime',
    choice: 'Node.js 20 or newer',
    reason: 'Runs everywhere and brings an HTTP server and a test runner.',
    basis: 'default',
  },
  {
    part: 'Storage',
    choice: 'JSON file, written atomically',
    reason: 'Enough for the size that was described; the store stands behind one module.',
    basis: 'default',
  },
  {
    part: 'Page',
    choice: 'HTML, CSS and JavaScript without a framework',
    reason: 'No build step and no dependency that ages.',
    basis: 'default',
  },
  {
    part: 'Tests',
    choice: 'node:test over HTTP',
    reason: 'Tests what a user of the API gets, with nothing to install.',
    basis: 'default',
  },
]

const IN_USE: StackChoice = {
  part: 'Product',
  choice: 'What the product is built with today',
  reason: 'The talk is about a product that is in use; its code decides.',
  basis: 'constraint',
}

/** Names of technologies that people ask for, by the part of the stack that they decide. */
const NAMED: readonly (readonly [string, RegExp])[] = [
  ['Page', /\b(react|vue|angular|svelte|next\.?js|flutter|wordpress)\b/i],
  ['Storage', /\b(postgres(?:ql)?|mysql|mariadb|sqlite|mongodb|sql server|firebase|supabase)\b/i],
  [
    'Runtime',
    /\b(python|django|java|spring|php|laravel|ruby on rails|rails|c#|\.net|golang|rust|typescript)\b/i,
  ],
  ['Hosting', /\b(aws|azure|google cloud|heroku|vercel|netlify|on[- ]premises?)\b/i],
]

/** What the plan is built with: what was asked for where a technology was named, else the default. */
export function stackOf(brief: Brief): StackChoice[] {
  const said = brief.items.flatMap(({ kind, statement }): StackChoice[] => {
    if (kind !== 'constraint' && kind !== 'preference') return []
    return NAMED.flatMap(([part, words]) => {
      const named = words.exec(statement.slice(0, 500))?.[1]
      if (named === undefined) return []
      const basis = kind === 'constraint' ? 'constraint' : 'asked_for'
      return [{ part, choice: named, reason: plainLine(statement, 280), basis } as const]
    })
  })
  if (jobOf(brief) !== 'new') return [IN_USE, ...said]
  const parts = new Map(said.toReversed().map((choice) => [choice.part, choice]))
  const chosen = DEFAULTS.map((choice) => parts.get(choice.part) ?? choice)
  const more = [...parts.values()].filter(({ part }) => !DEFAULTS.some((one) => one.part === part))
  return [...chosen, ...more]
}
