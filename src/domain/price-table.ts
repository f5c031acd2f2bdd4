import { parseDollars } from './money.ts'
import type { Price, Rates } from './prices.ts'

/** US dollars for a million tokens: input, cached input, input written to the cache, output. */
type Row = readonly [input: string, cachedInput: string, cacheWrite: string, output: string]

function rates([input, cachedInput, cacheWrite, output]: Row): Rates {
  return {
    input: parseDollars(input),
    cachedInput: parseDollars(cachedInput),
    cacheWrite: parseDollars(cacheWrite),
    output: parseDollars(output),
  }
}

function price(model: string, since: string, row: Row, long?: { above: number; row: Row }): Price {
  return {
    model,
    since,
    rates: rates(row),
    ...(long !== undefined && { long: { above: long.above, rates: rates(long.row) } }),
  }
}

const above = 272_000

/**
 * Standard rates as the providers publish them, looked up on 2026-11-25. A model whose price could
 * not be found is left out, and what it costs is then unknown. `since` is the day on which a price
 * was announced; where only the present price was found it is a day before the model's first.
 *
 * Anthropic: platform.claude.com/docs/en/about-claude/pricing and the models' own pages; written to
 * the cache for five minutes. OpenAI: developers.openai.com/api/docs/models/… of each model, and for
 * gpt-6.2-astra, gpt-6.1-terra, gpt-5.4, gpt-5.4-mini and gpt-5.2 the lists of LiteLLM, apidog.com and
 * GitHub Copilot, which repeat them; a cache write costs 1.25 times the input there from 5.6 on.
 * Left out: gpt-5.6-sol, whose announced price ended on 2026-11-21, and gpt-5.5, of whose long
 * prompts nothing was found.
 */
export const publishedPrices: readonly Price[] = [
  price('anthropic/claude-fable-5-1', '2026-09-01', ['10', '0.25', '12.50', '50']),
  price('anthropic/claude-fable-5', '2026-01-01', ['10', '1', '12.50', '50']),
  price('anthropic/claude-opus-5-5', '2026-09-22', ['4', '0.20', '5', '20']),
  price('anthropic/claude-opus-5', '2026-07-24', ['5', '0.50', '6.25', '25']),
  price('anthropic/claude-opus-4-8', '2026-01-01', ['5', '0.50', '6.25', '25']),
  price('anthropic/claude-opus-4-7', '2026-01-01', ['5', '0.50', '6.25', '25']),
  price('anthropic/claude-opus-4-6', '2026-01-01', ['5', '0.50', '6.25', '25']),
  price('anthropic/claude-opus-4-5', '2025-11-01', ['5', '0.50', '6.25', '25']),
  price('anthropic/claude-sonnet-5-5', '2026-09-28', ['2', '0.20', '2.50', '10']),
  price('anthropic/claude-sonnet-5-5', '2026-10-07', ['2', '0.10', '2.50', '10']),
  price('anthropic/claude-sonnet-5', '2026-01-01', ['2', '0.20', '2.50', '10']),
  price('anthropic/claude-sonnet-4-6', '2026-01-01', ['3', '0.30', '3.75', '15']),
  price('anthropic/claude-sonnet-4-5', '2025-01-01', ['3', '0.30', '3.75', '15']),
  price('anthropic/claude-haiku-5-5', '2026-10-07', ['0.10', '0.01', '0.125', '0.50'], {
    above: 100_000,
    row: ['0.50', '0.05', '0.625', '2.50'],
  }),
  price('anthropic/claude-haiku-4-5', '2025-01-01', ['1', '0.10', '1.25', '5']),

  price('openai/gpt-6.2-sol', '2026-11-17', ['2', '0.10', '2.50', '10'], {
    above,
    row: ['4', '0.20', '5', '15'],
  }),
  price('openai/gpt-6.2-astra', '2026-11-17', ['8', '0.40', '10', '40'], {
    above,
    row: ['16', '0.80', '20', '60'],
  }),
  price('openai/gpt-6.1-terra', '2026-10-26', ['1', '0.05', '1.25', '5'], {
    above,
    row: ['2', '0.10', '2.50', '7.50'],
  }),
  price('openai/gpt-6.1-sol', '2026-09-29', ['2', '0.10', '2.50', '10'], {
    above,
    row: ['4', '0.20', '5', '15'],
  }),
  price('openai/gpt-6-astra', '2026-09-03', ['10', '1', '12.50', '50'], {
    above,
    row: ['20', '2', '25', '75'],
  }),
  price('openai/gpt-6-sol', '2026-09-22', ['2', '0.20', '2.50', '10'], {
    above,
    row: ['4', '0.40', '5', '15'],
  }),
  price('openai/gpt-6-luna', '2026-09-22', ['0.10', '0.01', '0.125', '0.50'], {
    above,
    row: ['0.20', '0.02', '0.25', '0.75'],
  }),
  price('openai/gpt-5.6-terra', '2026-07-30', ['2', '0.20', '2.50', '12'], {
    above,
    row: ['4', '0.40', '5', '18'],
  }),
  price('openai/gpt-5.6-luna', '2026-07-30', ['0.20', '0.02', '0.25', '1.20'], {
    above,
    row: ['0.40', '0.04', '0.50', '1.80'],
  }),
  price('openai/gpt-5.4', '2026-03-05', ['2.50', '0.25', '2.50', '15'], {
    above,
    row: ['5', '0.50', '5', '22.50'],
  }),
  price('openai/gpt-5.4-mini', '2026-03-17', ['0.75', '0.075', '0.75', '4.50']),
  price('openai/gpt-5.4-nano', '2026-03-17', ['0.20', '0.02', '0.20', '1.25']),
  price('openai/gpt-5.2', '2025-12-11', ['1.75', '0.175', '1.75', '14']),
  price('openai/gpt-5.1', '2025-11-01', ['1.25', '0.125', '1.25', '10']),
  price('openai/gpt-5', '2025-08-01', ['1.25', '0.125', '1.25', '10']),
  price('openai/gpt-5-mini', '2025-08-01', ['0.25', '0.025', '0.25', '2']),
  price('openai/gpt-5-nano', '2025-08-01', ['0.05', '0.005', '0.05', '0.40']),
  price('openai/gpt-4.1', '2025-04-01', ['2', '0.50', '2', '8']),
  price('openai/gpt-4.1-mini', '2025-04-01', ['0.40', '0.10', '0.40', '1.60']),
  price('openai/gpt-4.1-nano', '2025-04-01', ['0.10', '0.025', '0.10', '0.40']),
  price('openai/gpt-4o', '2024-10-01', ['2.50', '1.25', '2.50', '10']),
  price('openai/gpt-4o-mini', '2024-10-01', ['0.15', '0.075', '0.15', '0.60']),
]
