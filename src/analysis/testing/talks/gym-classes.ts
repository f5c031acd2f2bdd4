import type { ExpectedTalk } from '../expected-talk.ts'

/** Speech without full stops, answers that go on from the question, second thoughts midway. */
export const gymClasses: ExpectedTalk = {
  name: 'climbing gym',
  kind: 'spoken disfluencies',
  lines: [
    'A: So what is the idea?',
    "C: okay so we have a climbing gym and what we'd like is a system where our members can reserve a slot in the morning before they come and the trainers can see who is coming",
    'A: Do you charge for it?',
    'C: yes each slot costs money so a slot has a price and a capacity and a start time and an end time',
    'A: And the membership?',
    'C: a membership has a type, monthly or yearly, a start date, an end date, the price and whether it is active',
    'A: What if the gym is full?',
    'C: then they should be able to join a waiting list and as soon as a slot is free the next person gets a text message, no wait, make that an email',
    'A: Who else works with it?',
    "C: the manager needs to export a list of all members to Excel and he wants to block members who didn't pay",
    'A: Any numbers I should know?',
    'C: yeah so the maximum number of people in a slot is 40 and nobody should be able to reserve more than 3 slots per week',
    'A: How fast does it need to be?',
    'C: well pages should load in under two seconds and it must be available in the evening too',
    'A: What about kids?',
    'C: kids under 12 must be accompanied by an adult',
  ],
  asked: [
    'The members can reserve a slot in the morning before they come.',
    'The trainers can see who is coming.',
    'Members can join a waiting list.',
    'When a slot is free, the next person gets an email.',
    'The manager can export a list of all members to Excel.',
    "The manager can block members who didn't pay.",
    'Pages load in under two seconds.',
    'The system is available in the evening.',
    'Kids under 12 must be accompanied by an adult.',
  ],
  limits: [
    'The system limits each slot to 40 people.',
    'The system limits each user to 3 slots per week.',
  ],
  entities: {
    Slot: 'price:money capacity:number startTime:datetime endTime:datetime',
    Membership: 'type:choice startDate:date endDate:date price:money active:boolean',
  },
}
