package com.ventros.crm.channels.waha.simulator;

/**
 * A click-to-WhatsApp advertisement that a customer clicked before the first message.
 *
 * @param app {@code instagram} or {@code facebook}
 */
public record Ad(String sourceId, String sourceUrl, String clickId, String headline, String text, String app) {}
