import { z } from 'zod'
import { findOrMake, forgeApi, repositoryPath, type Forge, type ForgeOptions } from './forge.ts'

/** `iid` is the number that people see; `id` counts over the whole of a GitLab. */
const MergeRequest = z
  .object({ iid: z.number().int().positive(), web_url: z.string() })
  .transform(({ iid: number, web_url: url }) => ({ number, url }))

/** Merge requests at GitLab (REST API, version 4). */
export function gitlab(options: ForgeOptions): Forge {
  const project = encodeURIComponent(repositoryPath(options.url))
  const base = `${new URL(options.url).origin}/api/v4`
  const api = forgeApi(options, 'GitLab', base, {}, ({ status }) => status === 409)
  const requests = `/projects/${project}/merge_requests`
  return {
    gitUser: 'oauth2',
    ensure(draft) {
      const branches = { source_branch: draft.branch, target_branch: draft.base }
      const query = new URLSearchParams({ ...branches, state: 'all' })
      return findOrMake(
        async () => (await api.get(`${requests}?${query.toString()}`, z.array(MergeRequest)))[0],
        () =>
          api.post(
            requests,
            { ...branches, title: draft.title, description: draft.body },
            MergeRequest,
          ),
      )
    },
  }
}
