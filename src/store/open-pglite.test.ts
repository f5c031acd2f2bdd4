import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openPglite } from './open-pglite.ts'
import { insertWorkspace } from './workspaces.ts'

const workspace = { id: '0f9f8e8a-6e4e-4a53-9a2b-6d3c1c1f0a01', name: 'Kept' }

it('flushes to the disk, keeps what was stored, and says when it starts for the first time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'talkwright-data-'))
  try {
    const starts: string[] = []
    const open = (token: string) =>
      openPglite({ folder, token, onFirstStart: () => starts.push(token) })
    const first = await open('first')
    expect(first.durable).toBe(true)
    await expect(open('second')).rejects.toMatchObject({ code: 'data_in_use' })
    await first.db.transaction().execute((tx) => insertWorkspace(tx, workspace, workspace.id))
    await first.close()

    const again = await open('third')
    const rows = await again.db.selectFrom('workspaces').select('name').execute()
    expect(rows).toEqual([{ name: 'Kept' }])
    await again.close()
    expect(starts).toEqual(['first'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
