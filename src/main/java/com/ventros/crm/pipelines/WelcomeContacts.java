package com.ventros.crm.pipelines;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactStanding;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.pipelines.Pipeline.Kind;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes somebody who is met for the first time into the pipeline of wherever that was, once. */
@Component
public class WelcomeContacts {

    private static final Logger log = LoggerFactory.getLogger(WelcomeContacts.class);

    private final MoveDeals move;
    private final Deals deals;
    private final Pipelines pipelines;
    private final ContactStanding contacts;

    WelcomeContacts(MoveDeals move, Deals deals, Pipelines pipelines, ContactStanding contacts) {
        this.move = move;
        this.deals = deals;
        this.pipelines = pipelines;
        this.contacts = contacts;
    }

    /** Refuses a pipeline that takes nobody of this project. */
    @Transactional(readOnly = true)
    public void mustTake(UUID pipeline, ProjectId project) {
        if (open(pipeline, project).isEmpty()) {
            throw Refusal.invalid("defaultPipelineId", "not_found", "The project has no such pipeline, or it is archived.");
        }
    }

    /**
     * Takes the contact to the first open status. Whoever is in the pipeline, or was, stays where they are; and a pipeline that is
     * archived, or asks for fields that the contact does not have yet, takes nobody.
     */
    @Transactional
    public void welcome(ContactId id, UUID pipeline) {
        var contact = contacts.hold(id).filter(one -> !one.deleted());
        if (contact.isEmpty() || deals.wasEverIn(contact.get().id(), new PipelineId(pipeline))) return;
        var open = open(pipeline, contact.get().project());
        if (open.isEmpty()) return;
        var first = open.get().statuses().stream().filter(status -> status.present() && status.kind() == Kind.OPEN).findFirst().orElseThrow();
        if (!contacts.missing(contact.get().id(), first.requiredFields()).isEmpty()) {
            log.info("Contact {} does not enter pipeline {} by itself: its first status asks for fields", id, pipeline);
            return;
        }
        move.enter(new MoveDeals.Enter(contact.get().id(), Optional.of(open.get().id), Optional.empty(), Optional.empty()));
    }

    private Optional<Pipeline> open(UUID pipeline, ProjectId project) {
        return pipelines.find(new PipelineId(pipeline)).filter(one -> one.project.equals(project) && one.archivedAt().isEmpty());
    }
}
