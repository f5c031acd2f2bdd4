import type { CreateBuild } from '../src/domain/build.ts'
import { planHash } from '../src/domain/plan.ts'

const requirements = `# Requirements Document

## Introduction

A list of greetings. It is built to see whether a builder keeps to the build API.

## Glossary

- **Greeter**: The software
- **Greeting**: A stored record with text

## Requirements

### Requirement 1: Keep greetings

**User Story:** As a visitor, I want to keep greetings.

#### Acceptance Criteria

1. THE Greeter SHALL keep the text of each greeting
2. WHEN a visitor adds greetings, THE Greeter SHALL store the greeting and show the greeting in the list of greetings
`

const design = `# Design Document: Greeter

## Overview

One list.

## Data Models

### Greeting

| Field | Type | Required | Notes |
| --- | --- | --- | --- |
| text | text | yes |  |
`

const tasks = `# Implementation Plan: Greeter

## Tasks

- [ ] 1. Create the project with its data store, server, page and tests
  - _Requirements: 1.1_
- [ ] 2. Add greetings
  - _Requirements: 1.2_
`

/** A small plan in Kiro's format, as an order without the webhooks. */
export async function smallOrder(): Promise<Omit<CreateBuild, 'webhook_url'>> {
  const folder = '.kiro/specs/greeter'
  const files = [
    { path: `${folder}/requirements.md`, content: requirements },
    { path: `${folder}/design.md`, content: design },
    { path: `${folder}/tasks.md`, content: tasks },
  ]
  return {
    name: 'Greeter',
    feature: 'greeter',
    plan_hash: await planHash(files),
    files,
    include_optional: false,
    metadata: {},
  }
}
