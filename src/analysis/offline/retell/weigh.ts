import { bias, weights } from './weights.ts'

/** How surely a clause with these features asks for something, from 0 to 1. */
export function weightOf(features: readonly string[]): number {
  const sum = features.reduce((all, feature) => all + (weights.get(feature) ?? 0), bias)
  return 1 / (1 + Math.exp(-sum))
}
