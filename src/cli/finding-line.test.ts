import { expect, it } from 'vitest'
import { lintSpec } from '../kiro/lint.ts'
import { findingLine } from './finding-line.ts'

const waves = JSON.stringify({ waves: [{ id: 0, tasks: ['\u001b[2J\u009b5A'] }] })
const content = `# Implementation Plan: x

## Overview

No.

## Tasks

- [ ] 1. Do it
  - _Requirements: 1.\u001b[1A_

## Task Dependency Graph

\`\`\`json
${waves}
\`\`\`
`

it('names what it found on one line that cannot steer a terminal', () => {
  const lines = lintSpec([{ path: 'a\u001b]0;title\u0007\n/tasks.md', content }]).map(findingLine)
  expect(lines.join('\n')).toContain('waves/unknown-task')
  for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
})
