/**
 * A WAHA server in miniature with simulated customers behind it, for the demonstration and for tests.
 *
 * <p>It talks real HTTP and knows nothing of the product: what it sends and answers follows WAHA's contract, so it can
 * be replaced by a real server at any time. Start reading at {@link
 * com.ventros.crm.channels.waha.simulator.WahaSimulator}: a {@code SimulatedSession} is one WhatsApp number of the
 * shop, a {@code Customer} a person who writes to it, {@code WahaApi} the doors, {@code Deliveries} the webhooks,
 * {@code Payloads} the engines' JSON, {@code Ledger} what really happened.
 */
@org.springframework.modulith.NamedInterface("simulator")
package com.ventros.crm.channels.waha.simulator;
