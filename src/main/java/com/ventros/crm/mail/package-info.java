/**
 * Sends mail that people wait for: an invitation, a link for a new password.
 *
 * <p>{@link com.ventros.crm.mail.Letters} keeps what is due, in the transaction of its reason; {@code flow.LetterSender}
 * has it written by a {@link com.ventros.crm.mail.LetterWriter} at the moment of sending and tries until the server takes it.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Mail", allowedDependencies = {"kernel", "tenancy", "events"})
package com.ventros.crm.mail;
