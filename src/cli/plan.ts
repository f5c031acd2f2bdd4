import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { digest } from '../access/digest.ts'
import { AppError } from '../domain/errors.ts'
import type { EventBody } from '../domain/event.ts'
import { planHash } from '../domain/plan.ts'
import { canonicalJson } from '../domain/json.ts'
import { hasDialogue } from '../domain/turn.ts'
import { uuidOf } from '../domain/uuid-of.ts'
import { lintSpec } from '../kiro/lint.ts'
import { briefCounts, checkEvidence } from '../pipeline/brief-check.ts'
import { checkLint, planCounts } from '../pipeline/plan-check.ts'
import { packOf } from '../planning/pack.ts'
import { parseTranscript } from '../sources/transcripts/parse.ts'
import type { Context } from './context.ts'
import { sayEstimate } from './estimate.ts'
import { readTranscriptFile } from './files.ts'
import { makeMakers } from './makers.ts'
import { describeEvent } from './progress.ts'

/** Says on stderr what a stage made, in the words of a build's progress. */
function say({ output }: Context, body: EventBody): void {
  for (const line of describeEvent(body).lines ?? []) output.say(line)
}

/**
 * Stops after the plan: writes the `.kiro` folder with the brief, and `trace.json` beside it, below `out`.
 *
 * @throws AppError `transcript_unreadable`, `no_dialogue`, `nothing_asked`, `spec_exists`,
 *   `out_not_writable`
 */
export async function planCommand(context: Context, file: string, out: string): Promise<void> {
  const { turns, title } = parseTranscript(await readTranscriptFile(file), {
    filename: basename(file),
  })
  if (!hasDialogue(turns)) {
    throw new AppError('no_dialogue', 'Nobody but the agent spoke in this transcript.')
  }
  const talk = { turns, ...(title !== undefined && { title }) }
  const { analyst, planner } = makeMakers(context)
  const { output, config } = context
  const asked = { analyst, planner, prices: config.TALKWRIGHT_PRICES, clock: () => new Date() }
  sayEstimate(output, asked, { talk, brief: undefined }, 'analyse')
  const brief = await analyst.analyse(talk, context.stopped)
  checkEvidence(brief, turns)
  say(context, { type: 'brief.ready', version: 1, counts: briefCounts(brief) })
  sayEstimate(output, asked, { talk, brief }, 'plan')
  // The same id for the same words, so that a talk planned twice gives the same bytes.
  const specId = uuidOf(digest(canonicalJson(turns)))
  const draft = await planner.plan({ brief, specId }, context.stopped)
  const findings = lintSpec(draft.files, draft.trace)
  checkLint(findings)
  const hash = await planHash(draft.files)
  const counts = planCounts(draft, findings)
  say(context, { type: 'plan.ready', version: 1, hash, counts })
  const spec = `.kiro/specs/${draft.feature}`
  const files = [
    ...packOf({ brief, draft, hash, turns }),
    { path: `${spec}/brief.json`, content: `${JSON.stringify(brief, null, 2)}\n` },
  ]
  for (const { path, content } of files) {
    await writeNew(join(resolve(out), path), content)
  }
  context.output.result(`The plan is in ${join(resolve(out), spec)}\nIts hash is ${hash}`, {
    event: 'planned',
    folder: join(resolve(out), spec),
    hash,
    counts: { items: brief.items.length, coverage: brief.coverage },
    madeBy: draft.madeBy.name,
  })
}

async function writeNew(target: string, content: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, content, { flag: 'wx' })
  } catch (cause) {
    // A file where a folder should be is also EEXIST, so the code alone does not tell.
    const isThere = existsSync(target)
    throw isThere
      ? new AppError('spec_exists', `${target} is already there. Name another --out folder.`, {
          cause,
        })
      : new AppError(
          'out_not_writable',
          `${target} cannot be written. Check that --out names a folder and that you may write there.`,
          { cause },
        )
  }
}
