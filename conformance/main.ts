// Tests whether a server keeps to the build API: node conformance/main.ts URL [--key KEY] …
import { parseArgs } from 'node:util'
import { runSuite, type CaseResult } from './run.ts'

const usage = `Usage: npm run conformance -- URL [options]

  --key KEY         bearer key of the build API (or the environment's KIRO_API_KEY)
  --host HOST       where webhooks are taken on this machine; 127.0.0.1 unless said
  --port PORT       any free one unless said
  --public-url URL  where the builder reaches this machine, when that is another address
  --timeout SECONDS how long a build may take; 300 unless said
  --json            one JSON object instead of the table
`

const marks = { passed: '✓', failed: '✗', skipped: '–' } as const

function line({ name, outcome, reason }: CaseResult): string {
  const because = reason === undefined ? '' : `\n    ${reason}`
  return `${marks[outcome]} ${name}${because}\n`
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string', default: process.env['KIRO_API_KEY'] ?? '' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '0' },
      'public-url': { type: 'string' },
      timeout: { type: 'string', default: '300' },
      json: { type: 'boolean', default: false },
    },
  })
  const [url] = positionals
  const isUrl = url !== undefined && /^https?:$/.test(URL.parse(url)?.protocol ?? '')
  const isRight = positionals.length === 1 && isUrl && Number(values.timeout) > 0
  return isRight ? { url, ...values } : undefined
}

async function main(): Promise<boolean> {
  const given = readArguments()
  if (given === undefined) {
    process.stderr.write(usage)
    return false
  }
  const results = await runSuite({
    url: given.url,
    key: given.key,
    timeoutMs: Number(given.timeout) * 1_000,
    receiver: { host: given.host, port: Number(given.port), publicUrl: given['public-url'] },
    told: (result) => {
      if (!given.json) process.stdout.write(line(result))
    },
  })
  const count = (outcome: CaseResult['outcome']) =>
    results.filter((result) => result.outcome === outcome).length
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')]
  process.stdout.write(
    given.json
      ? `${JSON.stringify({ url: given.url, passed, failed, skipped, results })}\n`
      : `\n${passed} passed, ${failed} failed, ${skipped} skipped\n`,
  )
  return failed === 0
}

process.exitCode = (await main()) ? 0 : 1
