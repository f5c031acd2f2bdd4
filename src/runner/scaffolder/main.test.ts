import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { client, methods, ndJsonStream } from '@agentclientprotocol/sdk'
import type { ClientContext, ContentBlock, SessionUpdate } from '@agentclientprotocol/sdk'
import { expect, it } from 'vitest'
import { workshopBrief } from '../../planning/testing/briefs.ts'
import { plannedWorkspace } from './testing/workspace.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

/** The scaffolder as a process of its own, with the SDK's client at the other end. */
function startAgent(onUpdate: (update: SessionUpdate) => void) {
  const child = spawn(process.execPath, [main], { stdio: ['pipe', 'pipe', 'inherit'] })
  const stream = ndJsonStream(Writable.toWeb(child.stdin), Readable.toWeb(child.stdout))
  const connection = client({ name: 'test' })
    .onNotification(methods.client.session.update, ({ params }) => onUpdate(params.update))
    .connect(stream)
  return {
    agent: connection.agent,
    /** Closes the input and gives the exit code. */
    end: async (): Promise<unknown> => {
      const exit = once(child, 'exit')
      connection.close()
      child.stdin.end()
      const [code] = await exit
      return code
    },
  }
}

async function openSession(agent: ClientContext, cwd: string): Promise<string> {
  const { protocolVersion } = await agent.request(methods.agent.initialize, {
    protocolVersion: 1,
    clientCapabilities: {},
  })
  expect(protocolVersion).toBe(1)
  const { sessionId } = await agent.request(methods.agent.session.new, { cwd, mcpServers: [] })
  return sessionId
}

const prompt = (text: string): ContentBlock[] => [{ type: 'text', text }]

it('carries out a plan over the protocol and tells what it does', async () => {
  await using workspace = await plannedWorkspace(workshopBrief())
  const updates: SessionUpdate[] = []
  const { agent, end } = startAgent((update) => updates.push(update))
  const sessionId = await openSession(agent, workspace.folder)
  const text = `Carry out the spec \`${workspace.feature}\`.\n\ninclude-optional: false\n`
  const { stopReason } = await agent.request(methods.agent.session.prompt, {
    sessionId,
    prompt: prompt(text),
  })
  expect(stopReason).toBe('end_turn')
  expect(await end()).toBe(0)

  const plans = updates.flatMap((one) => (one.sessionUpdate === 'plan' ? [one.entries] : []))
  expect(plans.some((entries) => entries.some(({ status }) => status === 'in_progress'))).toBe(true)
  expect(plans.at(-1)?.find(({ content }) => content.startsWith('1.1 '))?.status).toBe('completed')
  const calls = updates.flatMap((one) => (one.sessionUpdate === 'tool_call' ? [one] : []))
  expect(new Set(calls.map(({ kind }) => kind))).toEqual(new Set(['edit', 'execute']))
  expect(calls.some(({ locations }) => locations?.[0]?.path.endsWith('src/server.js'))).toBe(true)
  const finished = updates.flatMap((one) =>
    one.sessionUpdate === 'tool_call_update' ? [one.status] : [],
  )
  expect(finished).toHaveLength(calls.length)
  const said = updates.flatMap((one) =>
    one.sessionUpdate === 'agent_message_chunk' && one.content.type === 'text'
      ? [one.content.text]
      : [],
  )
  expect(said.join('')).toContain('stays open')
  expect(await workspace.git('log', '--format=%s')).toContain('task 1.1: ')
})

it('stops when the client cancels', async () => {
  await using workspace = await plannedWorkspace(workshopBrief())
  const seen = Promise.withResolvers<void>()
  const { agent, end } = startAgent((update) => {
    if (update.sessionUpdate === 'tool_call' && update.kind === 'execute') seen.resolve()
  })
  const sessionId = await openSession(agent, workspace.folder)
  const answer = agent.request(methods.agent.session.prompt, {
    sessionId,
    prompt: prompt('Build.'),
  })
  await seen.promise
  await agent.notify(methods.agent.session.cancel, { sessionId })
  expect((await answer).stopReason).toBe('cancelled')
  expect(await workspace.git('log', '--format=%s')).not.toContain('chore: report')
  expect(await end()).toBe(0)
})

it('answers with an error that says what is wrong', async () => {
  await using workspace = await plannedWorkspace(workshopBrief())
  const { agent, end } = startAgent(() => undefined)
  const sessionId = await openSession(agent, `${workspace.folder}/.kiro`)
  const answer = agent.request(methods.agent.session.prompt, {
    sessionId,
    prompt: prompt('Build.'),
  })
  await expect(answer).rejects.toThrow('There is no spec in .kiro/specs')
  expect(await end()).toBe(0)
})
