import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { assertNever } from '../../domain/assert-never.ts'
import type { BuildEventBody } from '../../domain/build.ts'
import { PullRequest, type Delivered, type DeliverTarget } from '../../domain/deliver.ts'
import { AppError, toAppError } from '../../domain/errors.ts'
import type { BuildFolder } from '../builds/build-folder.ts'
import type { GuardedHttp } from '../egress/guarded-http.ts'
import { cleanLine } from '../process/log-text.ts'
import { createMask, type Secret } from '../process/secrets.ts'
import type { Git } from '../workspace/git.ts'
import type { Forge } from './forge.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { pushBranch } from './push-branch.ts'

export interface DeliverOptions {
  target: DeliverTarget
  folder: BuildFolder
  workspaceGit: Git
  env: Record<string, string>
  http: GuardedHttp
  /** Milliseconds before each further attempt at what may succeed later. */
  delays: readonly number[]
  signal: AbortSignal
  /** The verified commit. */
  commit: string
  /** One line for people. */
  title: string
  /** Markdown, of the runner's own words alone. */
  summary: string
}

export type DeliveryEvent = Extract<
  BuildEventBody,
  { type: 'build.delivered' | 'build.not_delivered' }
>

function forgeOf({ target, http }: DeliverOptions): Forge | undefined {
  const { url, token, pull_request: kind } = target
  if (kind === undefined || token === undefined) return undefined
  switch (kind) {
    case 'github':
      return github({ http, url, token })
    case 'gitlab':
      return gitlab({ http, url, token })
    default:
      return assertNever(kind)
  }
}

/** A branch of the build's own: its folder's name holds the project's name and a part of its id. */
function branchOf({ target, folder }: DeliverOptions): string {
  return target.branch ?? `talkwright/${path.basename(folder.root)}`
}

async function deliverOnce(options: DeliverOptions): Promise<Delivered> {
  const { target, http, title, summary } = options
  const { url, token } = target
  const forge = forgeOf(options)
  const branch = branchOf(options)
  const addresses = url.startsWith('file:') ? [] : await http.check(url)
  const pushed = await pushBranch({
    ...options,
    remote: { url, token, user: forge?.gitUser ?? 'git', addresses },
    branch,
    base: target.base,
    message: `merge: ${title}`,
  })
  const delivered = { url, branch, commit: pushed.commit }
  if (!forge) return delivered
  if (pushed.base === undefined) {
    const message = `The branch ${branch} was pushed, but the remote has no other one that a pull request could go to.`
    throw new AppError('base_missing', message)
  }
  const made = await forge.ensure({ branch, base: pushed.base, title, body: summary })
  return { ...delivered, pull_request: PullRequest.parse(made) }
}

/** What a refused connection and a busy host have in common is that a later attempt may succeed. */
function mayPass(error: AppError): boolean {
  return error.retryable || error.code === 'git_failed'
}

/** A token as it travels: as it is, and with the name that git puts before it. */
function secretsIn(token: string): Secret[] {
  const pairs = ['git', 'x-access-token', 'oauth2'].map((user) => `${user}:${token}`)
  return [...pairs, token].map((value) => ({ name: 'token', value }))
}

/**
 * Pushes a completed build and asks for it to be merged, as far as the target says so. Repeats change
 * nothing. Gives the event that tells what came of it, which never holds the token.
 */
export async function deliver(options: DeliverOptions): Promise<DeliveryEvent> {
  const { token } = options.target
  const hide = createMask(token === undefined ? [] : secretsIn(token))
  for (let attempt = 0; ; attempt += 1) {
    try {
      return { type: 'build.delivered', ...(await deliverOnce(options)) }
    } catch (thrown) {
      const error = toAppError(thrown)
      const wait = options.delays[attempt]
      if (mayPass(error) && wait !== undefined && !options.signal.aborted) {
        await delay(wait, undefined, { signal: options.signal }).catch(() => undefined)
        continue
      }
      const message = cleanLine(hide(error.message), 2_000)
      return { type: 'build.not_delivered', code: error.code.slice(0, 80), message }
    }
  }
}
