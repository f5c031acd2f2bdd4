// Before the schemas that the checks are made of.
import './zod-without-eval.ts'

export { lintSpec } from '../../../../src/kiro/lint.ts'
