import { insertConversation } from '../store/conversations.ts'
import { requireApproval } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { tavusSource } from './tavus-webhooks.ts'

/** The conversation of the bundled sample, as its webhook bodies name it. */
const sampleConversation = { source: tavusSource, externalId: 'c-sample-0001' } as const

/** Makes the sample's plan approve itself: nobody may be watching when it runs. */
export async function prepareSample(deps: PipelineDeps, workspaceId: string): Promise<void> {
  await insertConversation(deps.database.db, {
    id: deps.id(),
    workspaceId,
    ...sampleConversation,
    title: null,
    approval: 'auto',
  })
}

/** Leaves the sample's approval to the person who has just opened the page. */
export async function leaveSampleToPerson(deps: PipelineDeps): Promise<void> {
  await requireApproval(deps.database.db, sampleConversation)
}
