package com.ventros.crm.contacts;

/**
 * What a contact shows as its own while it is shown for a part that has it. The part keeps its own; the contact has a copy
 * that knows who lends it, and what the contact has itself is never replaced by one.
 */
interface Loans {

    /** The contact that is shown borrows what {@code from} has and it has not, in the name of {@code lender}, a part of it. */
    void lend(ContactId from, ContactId whole, ContactId lender);

    /** What the part lent goes; where another part has it too, that one lends it from now on. */
    void takeBack(ContactId part, ContactId whole);

    /** What the part lent is the contact's own from now on, and the part has nothing any more. */
    void give(ContactId part, ContactId whole);
}
