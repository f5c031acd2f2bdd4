import { z } from 'zod'
import type { EventType } from '../domain/event.ts'
import { EventBody } from '../domain/event.ts'
import type { ResetReason } from './cursor.ts'

/** The WebSocket subprotocol; a client names it before its ticket. */
export const subprotocol = 'talkwright.live.v1'
/** What stands before the ticket among the subprotocols that a client offers. */
export const ticketPrefix = 'ticket.'

/** Why a connection was closed; docs/live.md says what a client does about each. */
export const closeCodes = {
  /** The server restarts: connect again and go on. */
  restart: 1012,
  /** More messages than a client may send. */
  tooManyMessages: 4429,
  /** The right to follow has ended. */
  revoked: 4401,
  /** The client took in too little for too long: connect again and go on. */
  tooSlow: 4408,
} as const

export const maxMessageBytes = 64 * 1024
const maxNamedProjects = 1_000

const seq = z.int().min(0).max(2_147_483_647)
const types = z
  .array(z.enum(EventBody.options.map((option) => option.shape.type.value) as [EventType]))
  .max(50)
  .optional()

/** Whether to be told of what stands in no log as well. */
const news = z.boolean().optional()

const OfProject = z.strictObject({
  type: z.literal('subscribe'),
  project: z.uuid(),
  since: seq,
  types,
  news,
})
const OfWorkspace = z.strictObject({
  type: z.literal('subscribe'),
  workspace: z.literal(true),
  since: z
    .strictObject({
      // The year 0, which ISO 8601 has, is none that PostgreSQL knows.
      at: z.iso
        .datetime()
        .transform((text) => new Date(text))
        .refine((at) => at.getTime() >= 0, { message: 'lies before 1970' }),
      projects: z
        .record(z.uuid(), seq)
        .refine((named) => Object.keys(named).length <= maxNamedProjects, {
          message: `names more than ${maxNamedProjects} projects`,
        }),
    })
    .optional(),
  types,
  news,
})
export type SubscribeProject = z.infer<typeof OfProject>
export type SubscribeWorkspace = z.infer<typeof OfWorkspace>

/** Everything that a client may say. */
export const ClientMessage = z.union([
  OfProject,
  OfWorkspace,
  z.strictObject({ type: z.literal('unsubscribe'), project: z.uuid() }),
  z.strictObject({ type: z.literal('unsubscribe'), workspace: z.literal(true) }),
  z.strictObject({ type: z.literal('ping') }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

/** What a message is about. */
export type Target = { project: string } | { workspace: true }

/** What the server says beside `events`, whose frames are made once for all followers. */
export type ServerMessage =
  | { type: 'subscribed'; project: string; seq: number }
  | { type: 'subscribed'; workspace: true; at: string }
  | ({ type: 'unsubscribed' } & Target)
  | { type: 'live'; project: string }
  | { type: 'live'; workspace: true }
  /** Something of the target's workspace has changed that stands in no project's log. */
  | ({ type: 'news' } & Target)
  | { type: 'reset'; project: string; workspace?: true; seq: number; reason: ResetReason }
  | ({ type: 'error'; code: string; message: string } & (Target | object))
  | { type: 'pong' }
