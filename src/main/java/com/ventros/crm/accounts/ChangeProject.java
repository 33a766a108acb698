package com.ventros.crm.accounts;

import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A project gets another name, place or patience. All of it counts from then on wherever nothing else is said. */
@Component
public class ChangeProject {

    /** What is empty stays. */
    public record Command(ProjectId project, Optional<String> name, Optional<String> country, Optional<String> timeZone,
            Optional<Integer> sessionTimeoutMinutes) {}

    private final ProjectBook book;

    ChangeProject(ProjectBook book) {
        this.book = book;
    }

    /** @param seen refuses the version that the project has when the caller has not seen it */
    @Transactional
    public void handle(Command command, LongConsumer seen) {
        var project = book.findForUpdate(command.project()).orElseThrow(() -> Refusal.notFound("project"));
        seen.accept(project.storedVersion);
        project.change(command.name(), command.country(), command.timeZone(), command.sessionTimeoutMinutes());
        book.save(project, Instant.now());
    }
}
