import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  answerMergeRequests,
  answerPulls,
  type ForgeRequest,
  type ForgeState,
} from './forge-apis.ts'
import { answerGit } from './git-http.ts'
import { serve } from './receiver.ts'

/** A host of git repositories that speaks git's HTTP and the pull request APIs of GitHub and GitLab. */
export interface ForgeServer extends AsyncDisposable {
  /** The remote `acme/shop`. */
  url: string
  /** git in that remote. */
  git(...args: string[]): string
  /** The pull requests that were made. */
  requests: ForgeRequest[]
  /** What came in: method and path. */
  calls: string[]
  /** Answers with this status instead, as long as it gives one. */
  trouble?: ((call: string) => number | undefined) | undefined
}

export interface ForgeServerOptions {
  /** Files of the first commit of `main`; an empty repository when absent. */
  files?: Readonly<Record<string, string>>
}

export const forgeToken = 'forge-t0ken-value'

function makeRemote(root: string, files: ForgeServerOptions['files']): string {
  const bare = path.join(root, 'acme/shop.git')
  mkdirSync(path.dirname(bare), { recursive: true })
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  execFileSync('git', ['config', 'http.receivepack', 'true'], { cwd: bare })
  if (!files) return bare
  const work = path.join(root, 'work')
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', work])
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(work, name)), { recursive: true })
    writeFileSync(path.join(work, name), text)
  }
  const author = ['-c', 'user.name=Owner', '-c', 'user.email=owner@example.invalid']
  execFileSync('git', ['add', '--all'], { cwd: work })
  execFileSync('git', [...author, 'commit', '--quiet', '--message', 'first'], { cwd: work })
  execFileSync('git', ['push', '--quiet', bare, 'main'], { cwd: work })
  return bare
}

function isAllowed({ headers: { authorization = '' } }: IncomingMessage): boolean {
  const basic = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString()
  return authorization === `Bearer ${forgeToken}` || basic.split(':')[1] === forgeToken
}

/** Starts a forge that takes `forgeToken` alone. */
export async function startForge(options: ForgeServerOptions = {}): Promise<ForgeServer> {
  const root = mkdtempSync(path.join(tmpdir(), 'talkwright-forge-'))
  const bare = makeRemote(root, options.files)
  const git = (...args: string[]) => execFileSync('git', args, { cwd: bare, encoding: 'utf8' })
  const state: ForgeState = {
    requests: [],
    page: () => `${server.url}/acme/shop`,
    isRelated: (branch, base) =>
      spawnSync('git', ['merge-base', base, branch], { cwd: bare }).status === 0,
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = new URL(request.url ?? '/', 'http://localhost')
    const call = `${request.method ?? ''} ${target.pathname}`
    forge.calls.push(call)
    const trouble = forge.trouble?.(call) ?? (isAllowed(request) ? undefined : 401)
    if (trouble !== undefined) {
      const headers = { 'www-authenticate': 'Basic', location: '/elsewhere' }
      const { authorization = '' } = request.headers
      const bytes = Buffer.from(authorization.replace(/^Bearer /, ''))
      // Some say what they were sent, in whatever form.
      response
        .writeHead(trouble, headers)
        .end(JSON.stringify({ authorization, encoded: bytes.toString('base64') }))
      return
    }
    switch (target.pathname) {
      case '/api/v3/repos/acme/shop/pulls':
        return answerPulls(state, request, response, target)
      case '/api/v4/projects/acme%2Fshop/merge_requests':
        return answerMergeRequests(state, request, response, target)
      default:
        return answerGit(root, request, response)
    }
  }
  const server = await serve((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  const forge: ForgeServer = {
    url: `${server.url}/acme/shop.git`,
    git,
    requests: state.requests,
    calls: [],
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      rmSync(root, { recursive: true, force: true })
    },
  }
  return forge
}
