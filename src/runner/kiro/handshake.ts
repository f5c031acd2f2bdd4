import { z } from 'zod'

const Handshake = z.object({
  agentCapabilities: z.object({
    loadSession: z.boolean().optional().catch(undefined),
    _meta: z
      .record(z.string(), z.object({ extensionMethods: z.array(z.string()).max(500) }))
      .optional()
      .catch(undefined),
  }),
})

/** What the answer to `initialize` tells of the Kiro that runs. */
export interface KiroHandshake {
  /** What its own methods begin with: `_kiro/`. */
  namespace: string
  loadsSessions: boolean
}

const usualNamespace = '_kiro/'

/** Methods that every Kiro seen so far enumerates; what stands before one is the namespace. */
const landmarks = ['knowledge', 'codeIntelligence', 'session/context', 'session/history']

/** The first part of a method's name: `_acme/` of `_acme/session/list`. */
function firstPart(method: string): string | undefined {
  return /^_[^/]{1,80}\//.exec(method)?.[0]
}

/**
 * The namespace of Kiro's own methods, from those that it enumerates: an operator may have set
 * another one (`KIRO_EXTENSION_NAMESPACE`). Without any the usual one is given.
 */
export function namespaceOf(methods: readonly string[]): string {
  for (const method of methods) {
    const landmark = landmarks.find((name) => method.endsWith(`/${name}`))
    if (landmark !== undefined) return method.slice(0, -landmark.length)
  }
  return methods.map(firstPart).find((part) => part !== undefined) ?? usualNamespace
}

/** Reads the answer to `initialize`; whatever it lacks is taken as usual. */
export function readHandshake(answer: unknown): KiroHandshake {
  const capabilities = Handshake.safeParse(answer).data?.agentCapabilities
  const methods = Object.values(capabilities?.['_meta'] ?? {}).flatMap(
    (meta) => meta.extensionMethods,
  )
  return { namespace: namespaceOf(methods), loadsSessions: capabilities?.loadSession ?? false }
}
