package com.ventros.crm.contacts;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.UUID;

/** Everything that can happen to what a member was told, as other modules see it. */
public sealed interface NotificationEvent extends DomainEvent {

    @EventType(value = "notification.seen", description = "A member has seen what they were told.")
    record NotificationSeen(UUID notificationId, UUID userId) implements NotificationEvent {}
}
