import { z } from 'zod'
import { AppError } from '../../domain/errors.ts'
import { type CreatedTavusCall, toCreatedCall } from './created-call.ts'
import { epochSeconds } from './instant.ts'
import { askTavus, notAsDocumented, type TavusConnection } from './request.ts'

/** A call that may have been created, by what only its order knew. */
export interface SoughtCall {
  /** The id that `markedCallback` put into its callback URL. */
  mark: string
  /** When it was asked for. */
  since: Date
}

const markName = 'call'

/** A callback URL that holds a call's mark, for `findCall` to know the call again by. */
export function markedCallback(callbackUrl: string, mark: string): string {
  const url = new URL(callbackUrl)
  url.searchParams.set(markName, mark)
  return url.href
}

function markOf(callbackUrl: string | undefined): string | null {
  return URL.parse(callbackUrl ?? '')?.searchParams.get(markName) ?? null
}

const ListedCall = z.looseObject({
  callback_url: z.string().max(10_000).optional().catch(undefined),
  created_at: z.unknown().optional(),
})

const ListReply = z.object({
  data: z.array(ListedCall),
  total_count: z.number().int().min(0).optional().catch(undefined),
})
type ListReply = z.infer<typeof ListReply>

const pageSize = 100
const mostPages = 50
/** By how much Tavus's clock and ours may differ. */
const skewSeconds = 3_600

/**
 * Whether what comes after this page was created before a time. The order of the list is not
 * documented, so a page says so only when it runs from new to old itself.
 */
function leadsBefore({ data }: ListReply, since: Date): boolean {
  const times = data.map(({ created_at }) => epochSeconds(created_at))
  const known = times.filter((time) => time !== undefined)
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined || known.length < times.length) return false
  const falls = known.every((time, index) => index === 0 || time <= (known[index - 1] ?? time))
  return falls && first > last && last < since.getTime() / 1_000 - skewSeconds
}

function uncertain(): AppError {
  return new AppError(
    'tavus_call_uncertain',
    'It is not known whether Tavus has made this call, and its list of conversations is too long to tell. Look there, and use a new Idempotency-Key to have another one made.',
    { status: 409 },
  )
}

/**
 * Looks for a call in the list of the account's conversations.
 *
 * @throws AppError `tavus_call_uncertain` when the list does not come to its end, and as `askTavus`.
 */
export async function findCall(
  connection: TavusConnection,
  { mark, since }: SoughtCall,
): Promise<CreatedTavusCall | undefined> {
  let seen = 0
  for (let page = 1; page <= mostPages; page += 1) {
    const path = `/v2/conversations?limit=${pageSize}&page=${page}`
    const reply = ListReply.safeParse(await askTavus(connection, 'GET', path)).data
    if (reply === undefined) throw notAsDocumented('a list of conversations')
    const found = reply.data.find(({ callback_url }) => markOf(callback_url) === mark)
    if (found !== undefined) return toCreatedCall(found)
    seen += reply.data.length
    const complete = reply.data.length === 0 || seen >= (reply.total_count ?? Infinity)
    if (complete || leadsBefore(reply, since)) return undefined
  }
  throw uncertain()
}
