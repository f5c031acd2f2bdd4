// Analyses one talk with the offline analyst, for analysis.ts.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { createOfflineAnalyst } from '../src/analysis/offline/analyst.ts'
import type { Talk } from '../src/domain/turn.ts'
import { parseTranscript } from '../src/sources/transcripts/parse.ts'
import { parseTavusBody } from '../src/sources/tavus/webhook.ts'
import { serveChild } from './support/child.ts'
import { median } from './support/stats.ts'
import { conversationId, transcriptBody } from './support/talks.ts'

const Task = z.object({ file: z.string().optional(), words: z.number(), times: z.number() })

function countWords({ turns }: Talk): number {
  return turns.reduce((sum, { text }) => sum + text.trim().split(/\s+/).length, 0)
}

function generated(words: number): Talk {
  // A word and its share of the body's fields take about nine characters; the rest is cut off.
  const body = parseTavusBody(JSON.parse(transcriptBody(conversationId('long', 1), words * 15)))
  if (body.kind !== 'transcript') throw new Error('That is not a transcript.')
  let count = 0
  return {
    turns: body.turns.filter(({ text }) => {
      count += text.split(/\s+/).length
      return count <= words
    }),
  }
}

await serveChild(z.object({}), async () => ({
  analyse: async (argument) => {
    const { file, words, times } = Task.parse(argument)
    const talk: Talk =
      file === undefined
        ? generated(words)
        : { turns: parseTranscript(readFileSync(file, 'utf8'), { filename: basename(file) }).turns }
    const analyst = createOfflineAnalyst()
    // The first talk also loads the language model; a server pays for that once.
    await analyst.analyse({ turns: talk.turns.slice(0, 20) })
    const took: number[] = []
    for (let time = 0; time < times; time += 1) {
      const began = performance.now()
      await analyst.analyse(talk)
      took.push(performance.now() - began)
    }
    return { words: countWords(talk), ms: median(took) }
  },
  stop: async () => undefined,
}))
