/** Names of technologies and packages that plans may name freely; in small letters. */
const names =
  `node node.js typescript javascript deno bun python django flask fastapi java kotlin spring php laravel symfony
  ruby rails go golang rust swift dart flutter elixir phoenix dotnet asp.net c# blazor
  react react-native next.js nextjs vue vue.js nuxt angular svelte sveltekit solid astro htmx alpine lit preact
  remix vite webpack rollup esbuild parcel turbopack babel swc tailwind tailwindcss bootstrap sass postcss
  express fastify hono koa nestjs hapi socket.io ws axios node-fetch undici got superagent cheerio
  lodash underscore ramda moment dayjs date-fns luxon uuid nanoid zod yup joi ajv commander yargs chalk
  dotenv debug winston pino morgan cors helmet body-parser cookie-parser express-session passport jsonwebtoken
  jose bcrypt bcryptjs argon2 nodemailer multer sharp pdfkit puppeteer playwright cypress jest vitest mocha chai
  sinon supertest node:test eslint prettier oxlint husky
  postgres postgresql mysql mariadb sqlite better-sqlite3 mongodb mongoose redis ioredis prisma drizzle drizzle-orm
  knex kysely sequelize typeorm supabase firebase dynamodb elasticsearch opensearch meilisearch pglite
  graphql apollo trpc grpc rest openapi swagger kafka rabbitmq nats bullmq pg-boss
  docker kubernetes nginx caddy terraform ansible aws azure heroku vercel netlify cloudflare fly.io render
  stripe paypal mollie twilio sendgrid mailgun postmark ses sns s3 auth0 clerk keycloak okta
  wordpress woocommerce shopify drupal strapi sanity contentful
  requests numpy pandas scipy pydantic sqlalchemy celery pytest pillow boto3 urllib3 beautifulsoup4 colorama
  junit gradle maven rspec sidekiq devise
  html css json csv markdown mermaid pdf xml yaml http https websocket oauth openid ical icalendar webhooks sms`.split(
    /\s+/,
  )

/** Words that people use around such names. */
const common =
  'expressed reacts reacted reach exact angular pined quest request requests debugged docked dockers locker lockers rocker shift shifts swiftly string strings sprint strip strips stripes mails nails trails flash flasks render renders rest rested rests passports passport sharper jests chain gots ajar corsage colour colours pillows celebs chalks remixes parcels solids fresh posts mails asters laravels mocha postman'.split(
    ' ',
  )

const known: ReadonlySet<string> = new Set(names.filter((name) => name !== ''))
const words: ReadonlySet<string> = new Set(common)

export function isKnownPart(name: string): boolean {
  return known.has(name.toLowerCase())
}

/** The well-known name that this one could be taken for, being nearly but not quite the same. */
export function lookAlikeOf(name: string): string | undefined {
  const lower = name.toLowerCase()
  if (lower.length < 5 || known.has(lower) || words.has(lower)) return undefined
  const bare = lower.replaceAll(/[^a-z0-9]/g, '')
  for (const other of known) {
    if (other.length < 5 || Math.abs(other.length - lower.length) > 2) continue
    if (bare === other.replaceAll(/[^a-z0-9]/g, '')) continue
    const allowed = other.length < 9 ? 1 : 2
    if (isWithin(lower, other, allowed)) return other
  }
  return undefined
}

/** Whether at most `allowed` letters were added, left out, changed or swapped. */
function isWithin(a: string, b: string, allowed: number): boolean {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) best = Math.min(best, (before[j - 2] ?? 0) + 1)
      next.push(best)
    }
    before = row
    row = next
  }
  return (row[b.length] ?? allowed + 1) <= allowed
}
