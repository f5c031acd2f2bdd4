import { z } from 'zod'
import { findOrMake, forgeApi, repositoryPath, type Forge, type ForgeOptions } from './forge.ts'

const Pull = z
  .object({ number: z.number().int().positive(), html_url: z.string() })
  .transform(({ number, html_url: url }) => ({ number, url }))

/** GitHub's API lies on a host of its own; an Enterprise server's below `/api/v3`. */
function apiOf(url: string): string {
  const { origin, hostname } = new URL(url)
  return hostname === 'github.com' ? 'https://api.github.com' : `${origin}/api/v3`
}

/** Pull requests at GitHub (REST API, version 2022-11-28). */
export function github(options: ForgeOptions): Forge {
  const repository = repositoryPath(options.url)
  const owner = repository.split('/')[0] ?? ''
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  }
  const api = forgeApi(
    options,
    'GitHub',
    apiOf(options.url),
    headers,
    ({ status, text }) => status === 422 && text.includes('already exists'),
  )
  const pulls = `/repos/${repository}/pulls`
  return {
    gitUser: 'x-access-token',
    ensure({ branch, base, title, body }) {
      const query = new URLSearchParams({ head: `${owner}:${branch}`, base, state: 'all' })
      return findOrMake(
        async () => (await api.get(`${pulls}?${query.toString()}`, z.array(Pull)))[0],
        () => api.post(pulls, { title, head: branch, base, body }, Pull),
      )
    },
  }
}
