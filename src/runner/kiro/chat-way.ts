import type { AgentOutcome } from '../agents/agent-driver.ts'
import { trustsCommands } from '../agents/permission-policy.ts'
import { mendPrompt, taskPrompt } from '../agents/task-prompt.ts'
import { carryOutTasks } from '../tasks/carry-out-tasks.ts'
import type { TaskWorker } from '../tasks/task-worker.ts'
import { chatOnce } from './chat-turn.ts'
import type { KiroRun, WayOutcome } from './kiro-run.ts'

const chatArgs = ['chat', '--no-interactive', '--output-format', 'stream-json'] as const

/** V3 names its engine; a run that names none is V2, and so is an older Kiro that knows no engines. */
const engines: readonly (readonly string[])[] = [['--agent-engine', 'v3'], []]

/** Tools that work on files, by their names in V3 and V2; what is not named is denied. */
const fileTools = 'read_file,list_directory,grep_search,fs_write,str_replace,fs_append,fs_read'

/** Has Kiro carry the tasks out one after the other, a run of `kiro-cli chat` for each turn. */
export async function driveChat(run: KiroRun): Promise<WayOutcome> {
  const { includeOptional, maxReturns } = run.job
  return carryOutTasks(await run.job.openWorkbench(), chatWorker(run), {
    includeOptional,
    maxReturns,
    signal: run.signal,
  })
}

function chatWorker(run: KiroRun): TaskWorker {
  const { job, options } = run
  const trust = trustsCommands(options.permissions)
    ? '--trust-all-tools'
    : `--trust-tools=${fileTools}`
  let known: readonly string[] | undefined
  let sessionId: string | undefined

  const say = async (prompt: string): Promise<AgentOutcome> => {
    let outcome: AgentOutcome = { type: 'stopped' }
    for (const engine of known ? [known] : engines) {
      const resume = sessionId === undefined ? [] : ['--resume-id', sessionId]
      const turn = await chatOnce(run, [...chatArgs, ...engine, trust, ...resume, prompt])
      outcome = turn.outcome
      sessionId = turn.sessionId ?? sessionId
      if (turn.spoke) known = engine
      if (turn.spoke || !('code' in outcome) || outcome.code !== 'agent_died') break
    }
    return outcome
  }
  return {
    carryOut: async (task) => say(await taskPrompt(job.feature, task)),
    mend: async (task, complaint) => say(await mendPrompt(task, complaint)),
  }
}
