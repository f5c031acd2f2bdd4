import { z } from 'zod'

/** The name of a spec's folder: words in small letters with dashes between. */
export const FeatureName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(60)
