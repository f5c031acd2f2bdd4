import { z } from 'zod'
import { invalidInput } from './errors.ts'

/** A branch as git takes it (`git check-ref-format`), without what has a meaning of its own. */
export const BranchName = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._/-]*$/)
  .refine((name) => name !== 'HEAD' && !/\.\.|\/\/|\/\.|[./]$|\.lock(\/|$)/.test(name), {
    message: 'is no name of a branch',
  })

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

const RemoteUrl = z
  .url({ protocol: /^https?$/ })
  .max(1_000)
  .refine(
    (text) => {
      const url = URL.parse(text)
      return url !== null && `${url.username}${url.password}${url.search}${url.hash}` === ''
    },
    { message: 'must not contain a user name, a password, a query or a fragment' },
  )

/** Where a completed build goes besides its artifact. */
export const DeliverTarget = z
  .object({
    /** A git remote over HTTP. */
    url: RemoteUrl,
    /** The branch that is pushed; one of the build's own unless said. */
    branch: BranchName.optional(),
    /** The branch that it is based on, and merged into by a pull request; the remote's default unless said. */
    base: BranchName.optional(),
    /** A password of git and a bearer token of the API. Never shown again. */
    token: z
      .string()
      .regex(/^[!-~]{1,500}$/)
      .optional(),
    /** Whose API makes a pull request (at GitLab: a merge request); none is made unless said. */
    pull_request: z.enum(['github', 'gitlab']).optional(),
  })
  .refine(({ pull_request, token }) => pull_request === undefined || token !== undefined, {
    message: 'is needed for a pull request',
    path: ['token'],
  })
  .refine(
    ({ url, token }) =>
      token === undefined ||
      url.startsWith('https:') ||
      loopback.has(URL.parse(url)?.hostname ?? ''),
    { message: 'would be sent over a line that others can read: use https', path: ['token'] },
  )
export type DeliverTarget = z.infer<typeof DeliverTarget>

const SettingUrl = z.url({ protocol: /^(?:https?|file)$/ }).max(1_000)
const Setting = z.strictObject({
  ...DeliverTarget.shape,
  url: SettingUrl,
  token: z.undefined().optional(),
})

/** Where a runner delivers to by its own setting: a remote over HTTP, or a repository of its machine. */
export type DeliverSetting = z.infer<typeof Setting>

/**
 * Reads a setting: the address of a git remote, or JSON with `url` and what else a target has.
 *
 * @throws AppError `bad_deliver` that says what is wrong.
 */
export function parseDeliverSetting(text: string): DeliverSetting {
  const parsed = Setting.safeParse(text.startsWith('{') ? readJson(text) : { url: text })
  if (parsed.success) return parsed.data
  throw invalidInput('bad_deliver', z.prettifyError(parsed.error).slice(0, 500))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The target that a setting and its token make. @throws AppError `bad_deliver` */
export function deliverTarget(setting: DeliverSetting, token: string | undefined): DeliverTarget {
  const target = { ...setting, ...(token !== undefined && { token }) }
  if (setting.url.startsWith('file:')) return target
  const parsed = DeliverTarget.safeParse(target)
  if (parsed.success) return parsed.data
  throw invalidInput('bad_deliver', z.prettifyError(parsed.error).slice(0, 500))
}

export const PullRequest = z.object({
  number: z.number().int().positive(),
  /** The page where people read it. */
  url: z.url({ protocol: /^https?$/ }).max(2_000),
})
export type PullRequest = z.infer<typeof PullRequest>

/** What was delivered of a build. */
export const Delivered = z.object({
  /** The git remote, without credentials. */
  url: z.string().max(1_000),
  branch: z.string().max(200),
  /** The commit that the branch leads to; the build's own commit is among its parents, or is it. */
  commit: z.string().max(64),
  pull_request: PullRequest.optional(),
})
export type Delivered = z.infer<typeof Delivered>

/** What came of a delivery. */
export const DeliveryOutcome = z.union([
  Delivered,
  z.object({ error: z.object({ code: z.string().max(80), message: z.string().max(2_000) }) }),
])
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>
