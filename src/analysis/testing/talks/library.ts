import type { ExpectedTalk } from '../expected-talk.ts'

/** A clear client who speaks in whole sentences. */
export const library: ExpectedTalk = {
  name: 'library',
  kind: 'clear client',
  lines: [
    'A: Thanks for taking the time. What would you like to have built?',
    'C: We run a small library and we need an app for lending books. Members must be able to borrow a book.',
    'A: What do you keep of a book?',
    'C: Each book has a title, an author, a year and a shelf.',
    'A: And of a member?',
    'C: Every member has a name, an email and a phone number.',
    'A: How do people find books?',
    'C: Members must be able to search books by title. And the librarian can add books and delete books.',
    'A: Is there a limit to what somebody may borrow?',
    'C: A member can have at most five loans at the same time.',
    'A: Should it send reminders?',
    "C: We don't need reminders for now.",
    'C: It should be easy to use on a phone.',
  ],
  asked: [
    'Members can borrow a book.',
    'Members can search books by title.',
    'The librarian can add books.',
    'The librarian can delete books.',
    'The system is easy to use on a phone.',
  ],
  welcome: ['The goal is an app for lending books.'],
  limits: ['The system limits each member to five loans at the same time.'],
  excluded: ['Reminders are out of scope for now.'],
  entities: {
    Book: 'title:text author:text year:number shelf:text',
    Member: 'name:text email:email phoneNumber:text',
  },
}
