package com.ventros.crm.kernel;

/**
 * Something that happened to an aggregate, in the past tense, with the state a listener needs.
 * Each module seals its own family ({@code ContactEvent}, {@code MessageEvent}, ...); the concrete records carry
 * {@link EventType}.
 */
public interface DomainEvent {}
