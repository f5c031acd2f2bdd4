import type { Brief } from '../../domain/brief.ts'
import type { PlanDraft } from '../../domain/plan.ts'
import { planFile } from '../../domain/plan.ts'
import { parseRequirements } from '../../kiro/requirements.ts'
import { leafTasks, parseTasks } from '../../kiro/tasks.ts'
import type { AnsweredPlan } from '../model/answer.ts'

/** What a model would propose that thinks like the planner who made this plan. */
export function proposalOf(draft: PlanDraft, brief: Brief): AnsweredPlan {
  const text = (name: string): string => planFile(draft.files, name)?.content ?? ''
  const { requirements } = parseRequirements(text('requirements.md'))
  const trace = new Map(draft.trace.map((link) => [link.ref, link]))
  const { tasks, waves } = parseTasks(text('tasks.md'))
  const known = new Set(brief.items.map(({ id }) => id))
  const entities = new Set(brief.entities.map(({ id }) => id))
  return {
    ...emptyProposal(),
    requirements: requirements.map(({ number, title, userStory, criteria }) => ({
      title,
      story: userStory ?? { role: 'user', want: 'to use it', benefit: '' },
      criteria: criteria.map(({ number: at, ears, text }) => {
        const link = trace.get(`${number}.${at}`)
        return {
          title: text.slice(0, 60).replaceAll(/[A-Z]{3,}/g, (word) => word.toLowerCase()),
          conditions: (ears?.conditions ?? []).flatMap(({ keyword, text }) =>
            keyword === 'FOR ALL' ? [] : [{ keyword, text }],
          ),
          response: ears?.response ?? text,
          items: link?.items.filter((id) => known.has(id) || entities.has(id)) ?? [],
          inferred: link?.inferred ?? null,
        }
      }),
    })),
    groups: tasks
      .filter(({ children }) => children.length > 0)
      .map(({ title, children }) => ({
        title,
        tasks: leafTasks(children)
          .filter((task) => task.requirements.length > 0)
          .map((task) => ({
            title: task.title,
            details: [],
            criteria: [...task.requirements],
            needs: waves.length > 0 && task.number !== '1.1' ? ['1.1'] : [],
            hours: { low: 1, high: 3 },
          })),
      })),
  }
}

export function emptyProposal(): AnsweredPlan {
  return {
    requirements: [],
    overview: '',
    components: [
      { name: 'Page', duty: 'shows what is stored', uses: ['Service'] },
      { name: 'Service', duty: 'holds the rules', uses: ['Store'] },
      { name: 'Store', duty: 'keeps the records', uses: [] },
    ],
    decisions: [],
    errors: ['A request that breaks a rule is refused with the reason'],
    testing: ['Every criterion has an acceptance test'],
    properties: [],
    stack: [],
    groups: [],
    leftOut: [],
  }
}
