import type { Retirement } from '../../domain/plan.ts'
import { fromInline, inline, plainLine } from '../../kiro/inline.ts'
import type { Task } from '../../kiro/tree.ts'

/**
 * One task for each requirement that is asked for no more, and one for the criteria that another has
 * lost: they take away what was built for them. What nobody had asked for is optional to take away.
 */
export function removalTasks(
  retired: readonly Retirement[],
): Omit<Task, 'number' | 'state' | 'children'>[] {
  const byRequirement = Map.groupBy(retired, ({ ref }) => ref.replace(/\..*$/, ''))
  return [...byRequirement].flatMap(([number, lines]) => {
    const whole = lines.find(({ ref }) => ref === number)
    const criteria = lines.filter(({ ref }) => ref !== number)
    const asked = criteria.filter(({ inferred }) => inferred === undefined)
    const guessed = criteria.filter(({ inferred }) => inferred !== undefined)
    if (whole) return [removal(nameOf(whole), lines, asked.length === 0)]
    return [asked, guessed].flatMap((some) =>
      some.length > 0
        ? [removal(some.map(({ ref }) => ref).join(', '), some, some === guessed)]
        : [],
    )
  })
}

function removal(name: string, lines: readonly Retirement[], optional: boolean) {
  const gone = lines.filter(({ ref }) => ref.includes('.'))
  return {
    title: `Remove what was built for ${name}`,
    optional,
    details: [
      ...gone.map(({ ref, text }) => `No longer asked for (${ref}): ${text}`),
      'Keep what another criterion needs, and ask before stored records are removed',
      'Take its tests away with it; where nothing was built for it, nothing is to be done',
    ],
    requirements: lines.map(({ ref }) => ref),
    validates: [],
  }
}

function nameOf({ ref, text }: Retirement): string {
  const title = inline(plainLine(fromInline(text), 60), 80)
  return title === '' ? `requirement ${ref}` : `requirement ${ref}, ${title}`
}
