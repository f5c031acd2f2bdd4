import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { agent, methods, RequestError } from '@agentclientprotocol/sdk'
import type { AgentApp, AgentContext, PromptRequest, StopReason } from '@agentclientprotocol/sdk'
import { toAppError } from '../../domain/errors.ts'
import { sessionReporter } from './session-reporter.ts'
import { chooseFeature, scaffold } from './scaffold.ts'

interface Session {
  cwd: string
  /** Stops the prompt that is under way. */
  running?: AbortController
}

/**
 * The scaffolder as an agent of the Agent Client Protocol, version 1. What is under way stops when
 * `ended` is raised: nobody listens any more.
 */
export function scaffolderAgent(version: string, ended: AbortSignal): AgentApp {
  const sessions = new Map<string, Session>()
  return agent({ name: 'talkwright-scaffolder' })
    .onRequest(methods.agent.initialize, () => ({
      protocolVersion: 1,
      agentInfo: { name: 'talkwright-scaffolder', title: 'Built-in scaffolder', version },
      agentCapabilities: { loadSession: false },
      authMethods: [],
    }))
    .onRequest(methods.agent.session.new, ({ params }) => {
      if (!path.isAbsolute(params.cwd)) {
        throw RequestError.invalidParams({ message: 'cwd must be an absolute path.' })
      }
      const sessionId = randomUUID()
      sessions.set(sessionId, { cwd: params.cwd })
      return { sessionId }
    })
    .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
      const session = sessions.get(params.sessionId)
      if (!session) throw RequestError.invalidParams({ message: 'There is no such session.' })
      if (session.running) {
        throw RequestError.invalidRequest({ message: 'A prompt is under way in this session.' })
      }
      const running = new AbortController()
      session.running = running
      try {
        return {
          stopReason: await carryOut(
            session.cwd,
            params,
            client,
            AbortSignal.any([running.signal, ended]),
          ),
        }
      } finally {
        delete session.running
      }
    })
    .onNotification(methods.agent.session.cancel, ({ params }) => {
      sessions.get(params.sessionId)?.running?.abort()
    })
}

async function carryOut(
  cwd: string,
  { prompt, sessionId }: PromptRequest,
  client: AgentContext,
  signal: AbortSignal,
): Promise<StopReason> {
  const text = prompt.map((block) => (block.type === 'text' ? block.text : '')).join('\n')
  const report = sessionReporter(client, sessionId, cwd)
  try {
    const feature = chooseFeature(await featuresIn(cwd), text)
    const includeOptional = /^include-optional: true$/m.test(text)
    await scaffold({ cwd, feature, includeOptional, report, signal })
    return 'end_turn'
  } catch (error) {
    if (signal.aborted) return 'cancelled'
    const { code, message } = toAppError(error)
    throw RequestError.internalError({ code }, message)
  }
}

async function featuresIn(cwd: string): Promise<string[]> {
  const entries = await readdir(path.join(cwd, '.kiro', 'specs'), { withFileTypes: true }).catch(
    () => [],
  )
  const isName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
  return entries
    .filter((entry) => entry.isDirectory() && isName.test(entry.name))
    .map(({ name }) => name)
}
