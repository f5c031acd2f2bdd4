import type { Brief } from '../brief.ts'
import { signalIn } from './screen.ts'
import type { Signal } from './signal.ts'

/** The title of a brief and the name of its plan's folder, which is made of it. */
export type Title = Pick<Brief, 'title' | 'feature'>

/** What stands where a title cannot be taken. */
export const untitled: Title = { title: 'Untitled Software', feature: 'untitled-software' }

/** What speaks against a title or its folder's name; undefined when nothing does. */
export function titleSignal({ title, feature }: Title): Signal | undefined {
  return signalIn(`${title}\n${feature.replaceAll('-', ' ')}`)
}
