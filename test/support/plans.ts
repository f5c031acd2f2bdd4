import { Client } from 'pg'
import { z } from 'zod'

/** A step of a plan, as PostgreSQL explains it. */
export interface PlanNode {
  type: string
  relation: string | undefined
  /** How many rows the planner expects from it. */
  rows: number
  /** Whether it reads a range of its index and not the whole. */
  bounded: boolean
  inputs: PlanNode[]
}

export interface RecordedPlan {
  sql: string
  plan: PlanNode
}

export interface Recording {
  plans: RecordedPlan[]
  /** Statements that could not be explained, with the reason. */
  failures: string[]
  stop(): void
}

const RawNode = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Plan Rows': z.number(),
  'Index Cond': z.string().optional(),
  'Recheck Cond': z.string().optional(),
  get Plans(): z.ZodOptional<z.ZodArray<typeof RawNode>> {
    return z.array(RawNode).optional()
  },
})
type RawNode = z.infer<typeof RawNode>
const Explained = z.object({
  rows: z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: RawNode })]) })]),
})

function toNode(raw: RawNode): PlanNode {
  return {
    type: raw['Node Type'],
    relation: raw['Relation Name'],
    rows: raw['Plan Rows'],
    bounded: raw['Index Cond'] !== undefined || raw['Recheck Cond'] !== undefined,
    inputs: (raw.Plans ?? []).map(toNode),
  }
}

const Named = z.object({ text: z.string(), values: z.array(z.unknown()).optional() })

interface Statement {
  sql: string
  values: unknown[]
}

/** The statements that have a plan, out of the ways in which `pg` takes them; a script has several. */
function statementsOf([first, second]: readonly unknown[]): Statement[] {
  const named = Named.safeParse(typeof first === 'string' ? { text: first } : first)
  if (!named.success) return []
  const values = Array.isArray(second) ? second : (named.data.values ?? [])
  return named.data.text
    .split(';')
    .map((part) => ({ sql: part.trim(), values }))
    .filter(({ sql }) => /^(with|select|insert|update|delete|\()/i.test(sql))
}

type Query = (this: Client, ...args: unknown[]) => unknown

/**
 * Explains every statement that any connection of this process sends from now on, just before it
 * runs: on the same connection, in its transaction, as its role and with its parameters.
 */
export function recordPlans(): Recording {
  const original = Reflect.get(Client.prototype, 'query') as unknown as Query
  const plans: RecordedPlan[] = []
  const failures: string[] = []
  const query: Query = function query(...args) {
    const statements = statementsOf(args)
    if (statements.length === 0) return original.apply(this, args)
    const explainAll = async () => {
      for (const { sql, values } of statements) {
        try {
          // A session of ours avoids what this is to find.
          await original.call(this, 'set enable_seqscan = on')
          const [row] = Explained.parse(
            await original.call(this, `explain (format json) ${sql}`, values),
          ).rows
          await original.call(this, 'set enable_seqscan = off')
          plans.push({ sql, plan: toNode(row['QUERY PLAN'][0].Plan) })
        } catch (error) {
          failures.push(`${String(error)}: ${sql}`)
        }
      }
    }
    const done = explainAll().then(() => original.apply(this, args))
    return typeof args.at(-1) === 'function' ? undefined : done
  }
  Reflect.set(Client.prototype, 'query', query)
  return { plans, failures, stop: () => Reflect.set(Client.prototype, 'query', original) }
}

/** Rows of a page, or of a batch: what may be sorted or read without a range. */
const page = 1_000

function nodeFaults(node: PlanNode, big: ReadonlySet<string>, limited: boolean): string[] {
  const { type, relation, rows } = node
  const inLimit = limited || type === 'Limit'
  const below = node.inputs.flatMap((input) => nodeFaults(input, big, inLimit))
  if (relation !== undefined && big.has(relation)) {
    if (type === 'Seq Scan') return [...below, `reads all of ${relation}`]
    const whole = type.includes('Index') && !node.bounded && !limited && rows > page
    if (whole) return [...below, `reads a whole index of ${relation}`]
  }
  // Under a limit an incremental sort orders only rows that its index holds for equal, and stops.
  const stopsEarly = type === 'Incremental Sort' && limited
  if (type.endsWith('Sort') && !stopsEarly && node.inputs.some((input) => input.rows > page)) {
    return [...below, 'sorts more than a page']
  }
  return below
}

/** What makes a plan grow with the tables: empty for one that stays quick. */
export function planFaults(recorded: readonly RecordedPlan[], big: ReadonlySet<string>): string[] {
  const faults = recorded.flatMap(({ sql, plan }) =>
    nodeFaults(plan, big, false).map((fault) => `${fault}: ${sql.replaceAll(/\s+/g, ' ')}`),
  )
  return [...new Set(faults)].sort()
}
