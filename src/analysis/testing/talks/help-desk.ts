import type { ExpectedTalk } from '../expected-talk.ts'

/** A client who tells who does what in the plain present. */
export const helpDesk: ExpectedTalk = {
  name: 'help desk',
  kind: 'clear client',
  lines: [
    'A: Good morning. What is the goal of this software?',
    'C: The goal is to stop losing support requests. We get them by phone, by mail and on the corridor.',
    'A: Who will be using it?',
    'C: All employees and four technicians. Employees open a ticket, technicians work on it and close it.',
    'A: What belongs to a ticket?',
    'C: A ticket should have a title, a description, a priority of low, medium or high, a status, the employee who opened it and the technician it is assigned to. And the time it was created.',
    'A: Can employees attach files?',
    'C: Yes, screenshots mostly. Up to 5 files per ticket, and none larger than 10 megabytes.',
    'A: Who assigns tickets?',
    'C: The team lead assigns tickets to a technician. If a ticket has high priority, the team lead must be alerted immediately.',
    'A: And comments?',
    'C: Both the employee and the technician can comment on a ticket. The employee gets an email whenever there is a new comment.',
    'A: Login?',
    'C: It has to integrate with our Active Directory. No separate passwords.',
    'A: Reports?',
    'C: Management wants a monthly report with the number of tickets and the average time to close them.',
    'A: Must old tickets be deleted?',
    'C: Closed tickets should be archived after two years.',
    'A: Anything you explicitly do not want?',
    'C: No chatbot, please. And no mobile app.',
  ],
  asked: [
    'The goal is to stop losing support requests.',
    'Employees can open a ticket.',
    'Technicians can work on a ticket.',
    'Technicians can close a ticket.',
    'Employees can attach files.',
    'The team lead can assign tickets to a technician.',
    'If a ticket has high priority, the system alerts the team lead immediately.',
    'Both the employee and the technician can comment on a ticket.',
    'When there is a new comment, the employee gets an email.',
    'The system integrates with the Active Directory.',
    'The system provides a monthly report with the number of tickets and the average time to close them.',
    'The system archives closed tickets after two years.',
  ],
  limits: [
    'The system limits each ticket to 5 files.',
    'The system limits each file to 10 megabytes.',
  ],
  excluded: [
    'A chatbot is out of scope.',
    'A mobile app is out of scope.',
    'Separate passwords are out of scope.',
  ],
  entities: {
    Ticket:
      'title:text description:long_text priority:choice status:choice employee:text technician:text time:datetime',
  },
}
