import { inline, plainLine } from '../../kiro/inline.ts'
import type { Claim } from './acceptance-tests.ts'
import { testFile } from './acceptance-tests.ts'
import { entitySchema } from './app-schema.ts'
import type { Model } from './app-schema.ts'
import { slug } from './app-model.ts'
import { htmlText, jsLiteral } from './js-literal.ts'
import { rolesOf } from './rights.ts'

export interface AppPlan {
  title: string
  feature: string
  model: Model
  /** Parts of the stack that the plan asks for and this app does not use. */
  wishes: readonly string[]
  /** The criteria that the app meets, or is about to. */
  claims: readonly Claim[]
}

/** The files that are the same in every app, by their path. */
export type Template = ReadonlyMap<string, string>

/** The whole app for what is built so far. The same plan gives the same files. */
export function renderApp(plan: AppPlan, template: Template): Map<string, string> {
  const capabilities = plan.claims.map(({ capability }) => capability)
  const entities = plan.model.app.map((entity) => entitySchema(entity, plan.model, capabilities))
  const title = plainLine(plan.title, 100)
  const files = new Map([...template].map(([path, content]) => [path, content]))
  const page = files.get('public/index.html') ?? ''
  files.set(
    'public/index.html',
    page.replaceAll('{{title}}', () => htmlText(title)),
  )
  files.set('package.json', packageJson(plan.feature))
  files.set('.gitignore', 'data/\nnode_modules/\n')
  files.set('README.md', readme(plan))
  files.set('src/schema.js', schemaFile({ title, roles: rolesOf(plan.claims), entities }))
  for (const entity of plan.model.app) {
    if (!plan.claims.some(({ capability }) => capability.entity === entity.name)) continue
    files.set(`test/${entity.path}.test.js`, testFile(entity, plan.claims, plan.model))
  }
  return files
}

function schemaFile(schema: object): string {
  return `/** What the software keeps and which rules hold; the rest of the code reads it from here. */\nexport const schema = ${jsLiteral(schema, 2)}\n`
}

function packageJson(feature: string): string {
  const content = {
    name: slug(feature, 'app'),
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: '>=20' },
    scripts: { start: 'node src/main.js', test: 'node --test' },
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

/** What a role is worth without a sign-in. */
const rolesNote =
  'The server refuses what a role may not do. Without keys, who uses it chooses a role at the top of the page, and nothing proves it.'

function readme({ title, feature, claims, model, wishes }: AppPlan): string {
  const lists = model.app.map(({ many, path }) => `- ${inline(many)}: \`/api/${path}\``)
  const met = claims.map(({ ref, text }) => `- ${ref} ${inline(text)}`)
  const asked = wishes.map((wish) => `- The plan asks for ${inline(wish)}.`)
  const roles = rolesOf(claims)
  const keys = jsLiteral({ [roles[0] ?? 'member']: 'a long secret' })
  const other = `\n## Where it differs from the plan\n\n${asked.join('\n')}\n\nThe built-in builder knows one stack only: Node.js, a JSON file and a plain page.\n`
  return `# ${inline(title, 100)}

Built from the spec in \`.kiro/specs/${feature}/\`. It needs Node.js 20 or newer and nothing else.

    npm start    the page, at http://127.0.0.1:3000 (PORT and DATA_FOLDER change where)
    npm test     the acceptance tests, without a network

It listens on this machine alone and knows no users. Before others may reach it, give each role a key: \`ROLE_KEYS='${keys}' npm start\` lets nobody in without one. The keys travel as they are, so put HTTPS before it.${roles.length > 0 ? ` ${rolesNote}` : ''}

## What it keeps

${lists.length > 0 ? lists.join('\n') : 'Nothing yet.'}

## Criteria that it meets

Each has a test that bears its number.

${met.length > 0 ? met.join('\n') : 'None yet.'}
${wishes.length > 0 ? other : ''}`
}
