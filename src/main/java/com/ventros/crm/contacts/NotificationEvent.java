package com.ventros.crm.contacts;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.UUID;

/** Everything that can happen to what a member was told, as other modules see it. */
public sealed interface NotificationEvent extends DomainEvent {

    @EventType(value = "notification.escalation",
            description = "A member is told that a session was escalated to a team of which nobody is there.")
    record EscalationTold(UUID notificationId, UUID userId, UUID sessionId) implements NotificationEvent {}

    @EventType(value = "notification.seen", description = "A member has seen what they were told.")
    record NotificationSeen(UUID notificationId, UUID userId) implements NotificationEvent {}
}
