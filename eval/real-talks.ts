import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseTranscript } from '../src/sources/transcripts/parse.ts'
import type { RealTalk } from './measure.ts'

/** Talks of real people may lie beside the checkout; they are read and never copied. */
export const realFolder = join(import.meta.dirname, '..', '..', 'shared', 'transcripts')

export function realTalks(): RealTalk[] {
  const names = existsSync(realFolder) ? readdirSync(realFolder).sort() : []
  return names
    .filter((name) => /\.(?:vtt|srt|txt|json)$/.test(name))
    .map((name) => ({
      name: name.replace(/\.\w+$/, ''),
      turns: parseTranscript(readFileSync(join(realFolder, name), 'utf8'), { filename: name })
        .turns,
    }))
}
