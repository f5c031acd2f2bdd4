import type { ExpectedTalk } from '../expected-talk.ts'

/** A client who takes decisions back in several wordings. */
export const eventTickets: ExpectedTalk = {
  name: 'event tickets',
  lines: [
    'A: What are we building today?',
    'C: We organise small concerts and we want to sell tickets online.',
    'A: What do you keep of an event?',
    'C: Every event has a title, a venue, a date, a start time, a ticket price and a number of seats.',
    'A: And a ticket?',
    'C: A ticket is for one event and one customer, and it has a seat number and a status, so reserved, paid or cancelled.',
    'A: How do customers get their ticket?',
    'C: Customers get their ticket by SMS.',
    'A: How many tickets may one person buy?',
    'C: At most 10 tickets per customer.',
    'A: Should the organiser see sales figures?',
    'C: Yes, the organiser should be able to see how many tickets were sold for each event.',
    'A: Can customers give a ticket back?',
    'C: Customers can return a ticket until the day before the event.',
    'A: Let me go back to delivery. Is a text message fine?',
    'C: On second thought, let us do email instead of SMS. Customers should get their ticket by email.',
    'A: And the maximum of ten stays?',
    'C: Scratch that, make it at most 6 tickets per customer.',
    'A: And returns?',
    'C: Actually no, I changed my mind, customers cannot return a ticket.',
    'A: What happens at the door?',
    'C: The staff at the door must be able to scan the ticket with a phone. A ticket can be used only once.',
    'A: When do you need it?',
    'C: It has to be live by the first of May.',
  ],
  asked: [
    'The system sells tickets online.',
    'Customers get their ticket by email.',
    'The organiser can see how many tickets were sold for each event.',
    'Customers cannot return a ticket.',
    'The staff at the door can scan the ticket with a phone.',
    'A ticket can be used only once.',
    'The system is live by the first of May.',
  ],
  limits: ['The system limits each customer to 6 tickets.'],
  entities: {
    Event:
      'title:text venue:text date:date startTime:datetime ticketPrice:money seats:number',
    Ticket: 'event:reference customer:text seatNumber:text status:choice',
  },
}
