package com.ventros.crm.contacts.web;

import com.ventros.crm.accounts.UserId;
import com.ventros.crm.contacts.NotificationView;
import com.ventros.crm.contacts.SeeNotifications;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the caller is told; it quotes notes on contacts, so it takes the permission to read those. */
@RestController
@RequestMapping("/api/v1/notifications")
class NotificationController {

    record Unseen(long count) {}

    private final NotificationView view;
    private final SeeNotifications see;

    NotificationController(NotificationView view, SeeNotifications see) {
        this.view = view;
        this.see = see;
    }

    /**
     * Lists what the caller was told, the newest first: the notes that mention them, and, for those who supervise, sessions that were
     * escalated to a team of which nobody was there.
     */
    @Requires(Permission.CONTACT_READ)
    @GetMapping
    Page<NotificationView.Shown> list(Principal caller, @RequestParam Optional<Boolean> unseen, Paging paging) {
        return Page.of(view.of(user(caller), unseen.orElse(false), paging), paging, one -> Cursor.after(one.createdAt(), one.id()));
    }

    /** Says how many the caller has not seen. */
    @Requires(Permission.CONTACT_READ)
    @GetMapping("/unseen")
    Unseen unseen(Principal caller) {
        return new Unseen(view.unseen(user(caller)));
    }

    /** Marks one as seen. */
    @Requires(Permission.CONTACT_READ)
    @PostMapping("/{id}/seen")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void see(Principal caller, @PathVariable UUID id) {
        see.one(user(caller), id);
    }

    /** Marks all as seen. */
    @Requires(Permission.CONTACT_READ)
    @PostMapping("/seen")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void seeAll(Principal caller) {
        see.all(user(caller));
    }

    private static UserId user(Principal caller) {
        caller.mustBeAUser();
        return new UserId(caller.id());
    }
}
