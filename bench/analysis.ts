// The offline analyst on a talk of ten thousand words, in a process of its own.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type BenchContext, eachRound } from './support/bench.ts'
import { Memory } from './support/child.ts'
import { startChild, withChildren } from './support/processes.ts'

const Analysed = z.object({ words: z.number(), ms: z.number() })

/** Talks of real people may lie beside the checkout; they are read and never copied. */
const realTalks = join(import.meta.dirname, '..', '..', 'shared', 'transcripts')

interface Asked {
  /** Absent: a talk is generated. */
  file?: string
  words: number
}

function talks(): Map<string, Asked> {
  const real = existsSync(realTalks) ? readdirSync(realTalks) : []
  const files = real.filter((name) => /\.(vtt|srt|txt|json)$/.test(name))
  const generated: [string, Asked] = ['generated talk', { words: 10_000 }]
  return new Map([
    generated,
    ...files.map((name): [string, Asked] => [name, { file: join(realTalks, name), words: 0 }]),
  ])
}

export async function analysis(context: BenchContext): Promise<void> {
  const { figures, quick } = context
  await eachRound(context, async () => {
    for (const [subject, talk] of talks()) {
      await withChildren([startChild('analysis-process.ts', {})], async ([child]) => {
        const argument = { ...talk, times: quick ? 1 : 3 }
        const analysed = await child?.call('analyse', Analysed, argument)
        const memory = await child?.call('memory', Memory)
        if (analysed === undefined || memory === undefined) return
        figures.add(subject, 'words', '1/s', (analysed.words / analysed.ms) * 1_000)
        figures.add(subject, 'time', 'ms', analysed.ms)
        figures.add(subject, 'memory at most', 'MB', memory.max / 1e6)
      })
    }
  })
  figures.print(() => ({}))
}
