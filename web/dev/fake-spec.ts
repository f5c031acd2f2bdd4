/** Files of the made-up plan, with every part of Markdown that Kiro uses. */

export const requirements = `# Requirements Document

## Introduction

The **Studio class booking** system lets members of a climbing and yoga studio book classes from their phones. It replaces a *paper diary* and three chat groups.

## Glossary

- **Booking_System**: The software that this document describes
- **Member**: A person who books classes
- **Waiting_List**: The members who want a place in a full class, in the order in which they asked

## Requirements

### Requirement 1: Book a class

**User Story:** As a member, I want to book a class, so that I have a place when I arrive.

#### Acceptance Criteria

1. WHEN a Member chooses a class with free places, THE Booking_System SHALL create a booking
2. WHEN the class is full, THE Booking_System SHALL put the Member on the Waiting_List
3. IF the Member is not signed in, THEN THE Booking_System SHALL ask the Member to sign in
4. WHEN a booking is cancelled, THE Booking_System SHALL give the place to the first Member on the Waiting_List

### Requirement 2: Cancel in time

**User Story:** As a member, I want to cancel a booking, so that somebody else can come.

#### Acceptance Criteria

1. WHILE more than six hours remain before the class starts, THE Booking_System SHALL accept a cancellation
2. IF fewer than six hours remain, THEN THE Booking_System SHALL refuse the cancellation and say why

### Requirement 3: Attendance

**User Story:** As a coach, I want to mark who was there, so that the studio knows who came.

#### Acceptance Criteria

1. WHEN a coach opens a class, THE Booking_System SHALL list its participants
2. WHEN a coach marks a participant, THE Booking_System SHALL keep the mark with the booking
3. WHEN the owner asks for a month, THE Booking_System SHALL give a file with one line for each member
`

export const design = `# Design Document: Studio class booking

## Overview

One process serves the API and the page. Everything is kept in one folder, written atomically, so that no booking is lost.

## Architecture

\`\`\`mermaid
flowchart LR
  Phone -->|HTTP| API
  API --> Store
  API --> Reminders
\`\`\`

## Components and Interfaces

| Component | Responsibility | Interface |
|---|---|---|
| \`BookingService\` | Books, cancels, moves the waiting list up | \`book(memberId, classId)\` |
| \`AttendanceService\` | Lists and marks participants | \`mark(bookingId, present)\` |
| \`ReminderJob\` | Sends mail on the evening before | \`run(now)\` |

## Data Models

\`\`\`ts
interface Booking {
  id: string
  memberId: string
  classId: string
  state: 'booked' | 'waiting' | 'cancelled'
  present?: boolean
}
\`\`\`

## Correctness Properties

### Property 1: A class is never overbooked

*For any* sequence of bookings and cancellations, the number of bookings in state \`booked\` is at most the number of places.

**Validates: Requirements 1.1, 1.2**

> A waiting list that is longer than the class is allowed.

---

## Testing Strategy

1. Unit tests for each service
2. Property tests for the waiting list
   - any order of bookings
   - any order of cancellations
`

export const steering = `---
inclusion: always
---

# Product

Members book classes from their phones. Payments stay at the desk.
`
