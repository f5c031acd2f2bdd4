import { z } from 'zod'
import { cleanLine } from '../process/log-text.ts'

const Line = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('runStarted'),
    data: z.object({ engine: z.string().max(40).catch('') }),
  }),
  z.object({
    type: z.literal('sessionUpdate'),
    data: z.looseObject({ sessionId: z.string().max(400) }),
  }),
  z.object({
    type: z.literal('metadata'),
    data: z.object({
      meteringUsage: z
        .array(z.object({ value: z.number().nonnegative(), unit: z.string().max(40) }))
        .max(200)
        .default([]),
    }),
  }),
  z.object({
    type: z.literal('runFinished'),
    data: z.object({
      sessionId: z.string().max(400).optional(),
      status: z.string().max(80),
      stopReason: z.string().max(80).catch('unknown'),
    }),
  }),
  z.object({
    type: z.literal('runError'),
    data: z.object({
      stage: z.string().max(200).catch('unknown'),
      message: z.string().max(20_000).catch(''),
    }),
  }),
])

/** A line of `kiro-cli chat --output-format stream-json`. */
export type StreamLine = z.infer<typeof Line>

const maxLine = 16 * 1024 * 1024

/**
 * Reads one line of standard output: undefined when it is none of the format, such as a banner.
 * Escape codes around it, which come in spite of NO_COLOR, are taken off.
 */
export function readStreamLine(text: string): StreamLine | undefined {
  const line = text.includes('\u001b') ? cleanLine(text, maxLine) : text
  try {
    return Line.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
