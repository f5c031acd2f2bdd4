import type { PartShape } from './diagram.ts'

/** How wide a text is in the size of the diagram's texts. */
export type Measure = (text: string) => number

export interface PlaceOptions {
  /** What there is from left to right. */
  width: number
  lineHeight: number
  measure: Measure
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A box with its texts; places are within the drawing, in the unit of the measure. */
export interface PlacedPart extends Box {
  id: string
  shape: PartShape
  title: readonly string[]
  rows: readonly string[]
}

export interface Point {
  x: number
  y: number
}

/** A line between two boxes, with its label where it has one. */
export interface PlacedLink {
  /** Its ends, and between them where it bends. */
  points: readonly Point[]
  dashed: boolean
  /** The corners of the arrow's head; none where it does not point. */
  head: readonly Point[]
  label: (Box & { lines: readonly string[] }) | undefined
}

/** A drawing: what is drawn first comes first. */
export interface PlacedDiagram {
  width: number
  height: number
  links: readonly PlacedLink[]
  parts: readonly PlacedPart[]
}
