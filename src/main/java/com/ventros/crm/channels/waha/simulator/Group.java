package com.ventros.crm.channels.waha.simulator;

/** A WhatsApp group that the shop's number belongs to; {@code address} ends in {@code @g.us}. */
public record Group(String address, String title) {}
